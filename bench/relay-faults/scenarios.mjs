// What goes wrong, one entry each.
//
// | member | what |
// | --- | --- |
// | `run({world, load, chance, isBrief})` | what goes wrong, while the load goes on; returns what was not as it should be, as words |
// | `after({rows})` | what else is looked at in the end |
// | `stores` | in front of which stores; all where it is left out |
// | `brief` | in front of which stores it is in the short form, where all is over sooner |
// | `nodes`, `limits`, `rate`, `env`, `customers`, `disk`, `cluster` | the world that it needs, see world.mjs |
// | `load` | what the load is like, see load.mjs |
// | `dead` | for which reasons records may be given up; none where it is left out |
// | `drainSeconds` | how long it may take until nothing waits any more, where that is more than the usual |
// | `serves` | whether every batch of the load is to be served at once |
// | `needs()` | what is missing for it on this machine, if anything |

import { ofDatabase } from "./scenarios/database.mjs";
import { ofDisk } from "./scenarios/disk.mjs";
import { ofHostiles } from "./scenarios/hostile.mjs";
import { ofOmneo } from "./scenarios/omneo.mjs";
import { ofProcess } from "./scenarios/process.mjs";

export const SCENARIOS = [...ofProcess, ...ofDisk, ...ofDatabase, ...ofOmneo, ...ofHostiles];
