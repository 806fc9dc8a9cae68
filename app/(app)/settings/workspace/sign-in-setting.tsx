import { Checkbox } from '@/components/ui/checkbox';
import { FieldError } from '@/components/ui/field';
import { Setting } from '@/components/ui/section';

export function SignInSetting({ isRequired, error }: { isRequired: boolean; error: string | undefined }) {
  return (
    <Setting title="Signing in" description="Each member sets it up once, with an app on their phone.">
      <div className="flex flex-col gap-1.5">
        <Checkbox
          name="requireSecondFactor"
          defaultChecked={isRequired}
          aria-invalid={error ? true : undefined}
          label="Members need two-factor sign-in"
          hint="Who has none is led to set it up before they see anything of this workspace. API keys go on as they are."
        />
        <FieldError message={error} />
      </div>
    </Setting>
  );
}
