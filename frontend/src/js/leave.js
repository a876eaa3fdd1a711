// Signing out takes along what the score desk kept on this device; whoever still has changes waiting is asked first.
import { canKeep, count, wipe } from './device.js';
import { stopLooking } from './kept.js';

/** Watch the button that signs out. */
export function forgetOnLeaving(form) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (await canKeep() && await count('queue') > 0 && !confirm(form.dataset.waiting)) return;
    stopLooking();
    try {
      await wipe();
      for (const worker of await navigator.serviceWorker?.getRegistrations() ?? []) await worker.unregister();
    } finally {
      form.submit();
    }
  });
}
