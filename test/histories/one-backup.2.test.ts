import { prove } from './prove';
import { testHistories } from './shard';

testHistories('one backup', 2, 500, prove);
