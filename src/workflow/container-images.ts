import type { ContainerImage, Job } from '../model/workflow.ts';
import { valueOf } from './node.ts';
import type { Node } from './node.ts';
import { writtenText } from './steps.ts';

/**
 * The images that a job's runner pulls with credentials, for its container and its services.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontainercredentials
 */
export function containerImagesOf(job: Node | undefined): Pick<Job, 'images'> {
  const services = valueOf(job, 'services');
  const containers = [
    valueOf(job, 'container'),
    ...(services?.kind === 'mapping' ? services.pairs.map(({ value }) => value) : []),
  ];
  const images = containers.flatMap((container): ContainerImage[] => {
    const image = writtenText(valueOf(container, 'image'));
    const password = writtenText(valueOf(valueOf(container, 'credentials'), 'password'));
    return image === null || password === null ? [] : [{ image: image.text, password }];
  });
  return images.length === 0 ? {} : { images };
}
