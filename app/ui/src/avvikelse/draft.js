((form, key) => {
  // what is typed before the WASM is awake: kept at once, for this account, and put back if the page was closed before
  if (!form) return;
  const fields = () => [...new FormData(form)].filter(([, v]) => typeof v === 'string');
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (kept && kept.konto === form.dataset.konto && !form.hasAttribute('data-back')) {
      for (const [name, value] of kept.fields) {
        const control = form.elements.namedItem(name);
        if (control instanceof RadioNodeList) control.value = value;
        else if (control?.type === 'checkbox') control.checked = true;
        else if (control) control.value = value;
      }
    }
  } catch {
    localStorage.removeItem(key);
  }
  form.addEventListener('input', () => {
    if (form.hasAttribute('data-awake')) return;
    try {
      localStorage.setItem(key, JSON.stringify({ konto: form.dataset.konto, fields: fields() }));
    } catch {
      // a device without room: the WASM says so when it is awake
    }
  });
})(document.querySelector('form[data-draft]'), 'kvalitet-utkast');
