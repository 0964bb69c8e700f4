import { play, SCENARIOS } from './scenarios';
import { stepsOf } from './steps';
import { sequencePicture } from './svg';

/** The pictures of docs/lifecycle.md by their names in docs/images/. */
export const PICTURES: Readonly<Record<string, () => Promise<string>>> = Object.fromEntries(SCENARIOS.map((scenario) => [
  `lifecycle-${scenario.name}.svg`, async () => sequencePicture(scenario.title, stepsOf(await play(scenario))),
]));
