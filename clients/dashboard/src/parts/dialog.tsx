import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Failure } from './failure.js';
import { useTask } from './task.js';

interface DialogProps {
  /** What is about to happen; it names the dialog and its button. */
  readonly title: string;
  readonly confirm: string;
  /** It takes something away. */
  readonly dangerous?: boolean;
  readonly task: (form: FormData) => Promise<unknown>;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** Asks before something is done, and stays open with the reason when the manager refuses it. */
function Dialog({ title, confirm, dangerous, task, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { busy, error, run } = useTask();
  useEffect(() => dialog.current?.showModal(), []);
  const submit = (form: FormData): void =>
    run(async () => {
      await task(form);
      onClose();
    });
  return (
    <dialog ref={dialog} onClose={onClose} aria-label={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        <h2>{title}</h2>
        {children}
        <Failure error={error} />
        <div className="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className={dangerous ? 'danger' : 'primary'} disabled={busy}>
            {confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}

interface DialogButtonProps extends Omit<DialogProps, 'onClose'> {
  readonly label: string;
  readonly disabled?: boolean;
}

/** A button that asks first. */
export function DialogButton({ label, disabled, ...dialog }: DialogButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" disabled={disabled} onClick={() => setOpen(true)}>
        {label}
      </button>
      {open && <Dialog {...dialog} onClose={() => setOpen(false)} />}
    </>
  );
}
