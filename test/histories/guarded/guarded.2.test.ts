import { proveGuarded } from './prove';
import { testHistories } from '../shard';

testHistories('guarded tables', 2, 300, proveGuarded);
