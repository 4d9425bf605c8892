/**
 * The name of a user or an organization; owners of managed users hold an underscore.
 *
 * @see https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
 */
export const OWNER = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

/** The name of a repository. */
export const REPOSITORY = /^(?!\.\.?$)[A-Za-z0-9._-]{1,100}$/;

/** The name of a permission, in the spelling of workflow files. */
export const PERMISSION = /^(?!constructor$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
