// A long import goes on from one page to the next by itself; without this script, by its button.
export function startGoOn(): void {
  document.querySelector<HTMLFormElement>('form[data-go-on]')?.requestSubmit();
}
