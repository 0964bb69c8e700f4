import { page } from './pages';
import { GENERATED_PAGES } from '../../scripts/generated-pages';

test.each(Object.keys(GENERATED_PAGES))('docs/%s says what the code does (else: npx projen docs)', (name) => {
  expect(page(name)).toBe(GENERATED_PAGES[name]());
});
