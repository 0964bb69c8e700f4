import { prove } from './prove';
import { testHistories } from './shard';

testHistories('one backup', 4, 500, prove);
