// Every page works without this script; each part below only makes one thing quicker or safer.
import { startChapters } from './chapters';
import { startConditions } from './conditions';
import { startCounters } from './counters';
import { startDrafts } from './drafts';
import { startFilters } from './filters';
import { startFolds } from './folds';
import { startForms } from './forms';
import { startGoOn } from './goon';
import { startKeys } from './keys';
import { startLinks } from './links';
import { startMentions } from './mentions';
import { startMenus } from './menus';
import { startMerges } from './merges';
import { startOrganisationSearch } from './organisations';
import { startPage } from './page';
import { startPasskeys } from './passkeys';
import { startRefresh } from './refresh';
import { startReveal } from './reveal';
import { startRowLinks } from './rowlinks';
import { startRows } from './rows';
import { startSelection } from './selection';
import { startStrength } from './strength';
import { startTheme } from './theme';

const parts = [
  startRows, startLinks, startChapters, startConditions, startCounters, startDrafts, startFilters, startFolds, startForms, startMenus, startMentions, startMerges, startKeys, startOrganisationSearch,
  startRowLinks, startSelection, startTheme, startPage, startPasskeys, startStrength, startReveal, startGoOn, startRefresh,
];

// One that fails must not take the others with it: the page still works without any.
for (const start of parts) {
  try {
    start();
  } catch (error) {
    console.error(start.name, error);
  }
}
