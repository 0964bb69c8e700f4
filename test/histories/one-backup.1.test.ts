import { prove } from './prove';
import { testHistories } from './shard';

testHistories('one backup', 1, 500, prove);
