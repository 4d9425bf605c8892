// What needs the package that reads all of YAML, to be loaded together.
export { readFiles } from '../../workflow/read-files.ts';
export { readWorkflow } from '../../workflow/read-workflow.ts';
export { readAction } from '../../workflow/read-action.ts';
export { yamlTree } from '../../workflow/yaml/yaml-tree.ts';
