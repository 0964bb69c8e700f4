import { prove } from './prove';
import { testHistories } from './shard';

testHistories('one backup', 3, 500, prove);
