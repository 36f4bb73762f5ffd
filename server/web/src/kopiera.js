// The button that copies what is shown once. Without this script the text in the field is marked and copied by hand.
for (const button of document.querySelectorAll('[data-kopiera]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.kopiera);
    field.focus();
    field.select();
    let done = true;
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // over plain http there is no clipboard of that kind
      done = document.execCommand('copy');
    }
    document.getElementById('kopierad').textContent = done
      ? 'Det är kopierat.'
      : 'Det gick inte att kopiera. Texten är markerad: kopiera den med tangentbordet.';
  });
}
