import { proveGuarded } from './prove';
import { testHistories } from '../shard';

testHistories('guarded tables', 1, 300, proveGuarded);
