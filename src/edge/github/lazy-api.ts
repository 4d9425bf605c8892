import { openApi, type ApiAccess, type GetJson } from './github-api.ts';

/** The API, opened when it is needed first. */
export function lazyApi(access: ApiAccess): GetJson {
  let opened: Promise<GetJson> | undefined;
  return async (route, parameters) => (await (opened ??= openApi(access)))(route, parameters);
}
