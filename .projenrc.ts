import { awscdk, javascript, ReleasableCommits } from 'projen';

/**
 * Who publishes, and where. Nothing else in this repository names these, so whoever
 * publishes the library changes them here (see CONTRIBUTING.md) and runs `npx projen`.
 */
const HOME = {
  author: 'cdk-on-demand-backup contributors',
  authorAddress: 'cdk-on-demand-backup@users.noreply.github.com',
  repositoryUrl: 'https://github.com/cdk-on-demand-backup/cdk-on-demand-backup.git',
  npm: 'cdk-on-demand-backup',
  python: { distName: 'cdk-on-demand-backup', module: 'cdk_on_demand_backup' },
  java: {
    javaPackage: 'io.github.cdkondemandbackup',
    mavenGroupId: 'io.github.cdk-on-demand-backup',
    mavenArtifactId: 'cdk-on-demand-backup',
  },
  dotnet: { dotNetNamespace: 'CdkOnDemandBackup', packageId: 'CdkOnDemandBackup' },
  go: { moduleName: 'github.com/cdk-on-demand-backup/cdk-on-demand-backup-go', packageName: 'cdkondemandbackup' },
};

const project = new awscdk.AwsCdkConstructLibrary({
  name: HOME.npm,
  description: 'Take an AWS Backup on-demand backup as part of a CDK deployment, and hold the deployment until it is COMPLETED.',
  keywords: ['aws-backup', 'backup', 'on-demand-backup', 'recovery-point', 'custom-resource', 'migration'],
  author: HOME.author,
  authorAddress: HOME.authorAddress,
  authorOrganization: true,
  repositoryUrl: HOME.repositoryUrl,
  license: 'Apache-2.0',
  copyrightOwner: HOME.author,
  defaultReleaseBranch: 'main',

  cdkVersion: '2.258.0',
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.16',
  minNodeVersion: '20.16.0',
  projenrcTs: true,
  projenVersion: '0.103.25',
  packageManager: javascript.NodePackageManager.NPM,

  // Trusted publishing: a registry trusts the release workflow of the repository, so there is no token to keep.
  publishToPypi: { ...HOME.python, trustedPublishing: true, attestations: true },
  publishToNuget: { ...HOME.dotnet, trustedPublishing: true },
  npmTrustedPublishing: true,
  npmProvenance: true,
  // Maven Central and the repository of a Go module know none: their tokens belong to this environment of the repository.
  publishToMaven: HOME.java,
  publishToGo: { ...HOME.go, githubUseSsh: true },
  releaseEnvironment: 'release',
  // Version and changelog follow from conventional commits.
  releasableCommits: ReleasableCommits.featuresAndFixes(),
  jsiiReleaseVersion: '0.2.1061',

  // The clients are bundled into the function, so never a dependency of the package itself.
  devDeps: [
    '@aws-sdk/client-backup@3.1092.0',
    '@aws-sdk/client-cloudformation@3.1092.0',
    // Not bundled: the Provider framework's own handler asks for it in the benchmarks.
    '@aws-sdk/client-lambda@3.1092.0',
    '@aws-sdk/client-sfn@3.1092.0',
    '@aws-sdk/credential-provider-env@3.972.85',
    // The newest that go with the supported range of aws-cdk-lib.
    '@aws-cdk/integ-runner@2.197.10',
    '@aws-cdk/integ-tests-alpha@2.245.0-alpha.0',
    '@stryker-mutator/core@9.6.1',
    '@stryker-mutator/jest-runner@9.6.1',
    '@types/aws-lambda@^8.10.161',
    'ajv@6.15.0',
    'cdk-nag@3.0.2',
    'esbuild@0.28.2',
    'fast-check@4.10.2',
    'jsii-rosetta@~6.0.17',
  ],
  bundlerOptions: {
    esbuildVersion: '0.28.2',
    assetsDir: 'assets',
    runBundleTask: javascript.RunBundleTask.PRE_COMPILE,
  },

  // The root tsconfig.dev.json serves every folder that jsii does not compile.
  disableTsconfig: true,
  tsconfigDev: {
    fileName: 'tsconfig.dev.json',
    include: ['.projenrc.ts', 'src/**/*.ts', 'lambda/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts'],
    exclude: ['node_modules', 'test/consumers'],
    compilerOptions: {
      lib: ['es2024'],
      target: 'es2022',
      isolatedModules: true,
      // ts-node compiles one file at a time and asks for it.
      rootDir: '.',
      paths: { 'cdk-on-demand-backup': ['./src'] },
    },
  },
  typecheckTests: true,
  sampleCode: false,
  integrationTestAutoDiscover: false,
  lambdaAutoDiscover: false,
  edgeLambdaAutoDiscover: false,
  lambdaExtensionAutoDiscover: false,
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'lambda', 'examples', 'scripts', 'bench'],
    projectService: false,
  },
  jestOptions: {
    jestVersion: '^30',
    junitReporting: false,
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      collectCoverage: false,
      // Jest leaves one core idle, which on a machine with two is half of it.
      maxWorkers: '100%',
      // Time in tests is simulated; a slow machine is no failure.
      testTimeout: 120_000,
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      // Examples and tests import the package by its name, as users do.
      moduleNameMapper: { '^cdk-on-demand-backup$': '<rootDir>/src' },
      testPathIgnorePatterns: ['/node_modules/', '/test/consumers/'],
    },
  },
  depsUpgrade: false,
  githubOptions: { mergify: false },
  npmIgnoreOptions: {
    ignorePatterns: [
      '/.ci/', '/bench/', '/docs/', '/examples/', '/lambda/', '/rosetta/', '/scripts/', '/test/',
      '/CONTRIBUTING.md', '/SECURITY.md', '/projenrc/', '/scratch/', '/reports/', '/stryker.config.json', '/.stryker-tmp/',
      '/.npmrc', '.jsii.tabl.json', '*.tsbuildinfo', 'cdk.out/',
    ],
  },
  gitignore: ['cdk.out/', '.jsii.tabl.json', '/scratch/', '/reports/', '/.stryker-tmp/'],
});
// npm rejects the lock file that it wrote with newer versions of this package (npm/cli#9846).
project.package.addField('overrides', { 'unrs-resolver': '1.12.2' });
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');

// projen takes every tsconfig.json for its own output once disableTsconfig is set, even projenrc's.
project.gitignore.removePatterns('tsconfig.json');
project.gitignore.exclude('/tsconfig.json');

project.bundler.addBundle('lambda/index.ts', {
  outfile: 'index.js',
  platform: 'node',
  target: 'node22',
  externals: [],
  minify: true,
  sourcemap: false,
  mainFields: ['module', 'main'],
  esbuildArgs: {
    '--alias:@aws-sdk/credential-provider-node': './lambda/credentials.ts',
    // jsii writes a tsconfig.json, which esbuild would read where it is there already: the bundle must not depend on that.
    '--tsconfig-raw': '{}',
    // The SDK imports node:http when it is first needed; as an import(), that starts Node's loader of ES modules, for a tenth of a cold start.
    '--supported:dynamic-import': 'false',
  },
});

// Unit tests synthesize hundreds of apps; one test of its own runs CDK's validation, which takes two seconds each time.
project.testTask.env('CDK_VALIDATION', 'false');
project.testTask.prependSpawn(project.bundler.bundleTask);

const tsNode = 'ts-node --transpileOnly --project tsconfig.dev.json';

// CI builds once for all that need it.
const UNLESS_BUILT = { condition: '[ -z "$ALREADY_BUILT" ]' };

const script = (name: string, description: string, file: string, options: { before?: string[]; env?: Record<string, string> } = {}) =>
  project.addTask(name, {
    description,
    env: { CDK_VALIDATION: 'false', ...options.env },
    steps: [...(options.before ?? []).map((task) => ({ spawn: task, ...UNLESS_BUILT })), { exec: `${tsNode} ${file}`, receiveArgs: true }],
  });

// Outside of jest, in which they take four times as long.
project.testTask.exec(`${tsNode} scripts/soak.ts --histories 2000 --seed 20261125`);

const build = ['pre-compile', 'compile'];
script('demo', 'Deploy, update and delete an example on the embedded local AWS', 'scripts/demo.ts', { before: build });
script('example', 'Play one of the examples on the embedded AWS; with --cli, with the CDK CLI on an independent AWS on this machine', 'scripts/example.ts', { before: build });
script('e2e', 'Deploy with the CDK CLI to an independent local AWS', 'test/e2e/run.ts', { before: build });
script('consumers', 'Use the packed packages from each language', 'scripts/consumers.ts', { before: build });
script('soak', 'Random histories of deployments, as many as one likes', 'scripts/soak.ts', { before: ['bundle'] });
script('test-newest-cdk', 'The tests that depend on what CDK does, on the newest aws-cdk-lib', 'scripts/test-newest-cdk.ts', { before: ['bundle'] });
script('check-package', 'Pack the package, look into it, and use it in an empty project', 'scripts/check-package.ts');
script('check-bundle', 'The bundle is reproducible', 'scripts/check-bundle.ts');
script('check-docstrings', 'Every public member of the compiled package is documented', 'scripts/check-docstrings.ts');
script('policy-checks', 'cfn-lint, cfn-guard and OPA over what the library renders', 'scripts/policy-checks.ts', { before: build });
script('bench', 'What it costs, beside AwsCustomResource and the Provider framework: bench/results.json and docs/benchmarks.md', 'bench/run.ts', { before: ['bundle'] });
script('integ', 'Compare the integration tests with their snapshots; with `--update-on-failed` and credentials, deploy them', 'scripts/integ.ts', { before: build });
script('docs', 'Write the pages and pictures of docs/ that are generated', 'scripts/generate-docs.ts', { before: ['bundle'] });

// What others have contributed to the bundle goes into the package beside it.
project.bundler.bundleTask.exec(`${tsNode} scripts/sbom.ts`);

// Go bindings of aws-cdk-lib are not needed to write ours, and C# is compiled where there is an SDK.
project.tasks.tryFind('package:go')!.reset('jsii-pacmak -v --target go --code-only');
const packageDotnet = project.tasks.tryFind('package:dotnet')!;
packageDotnet.reset();
packageDotnet.exec('jsii-pacmak -v --target dotnet', { condition: 'command -v dotnet' });
packageDotnet.exec('jsii-pacmak -v --target dotnet --code-only', { condition: '! command -v dotnet' });
// One call for all that are built whole loads the assemblies once and builds them side by side: half the time of one call for each.
const packageAll = project.tasks.tryFind('package-all')!;
packageAll.reset('jsii-pacmak -v --target js --target java --target python');
packageAll.spawn(packageDotnet);
packageAll.spawn(project.tasks.tryFind('package:go')!);

project.addTask('compatibility', {
  description: 'Compare the API with the last release, once there is one',
  steps: [{ spawn: 'compat', condition: `npm view ${HOME.npm} version` }],
});

project.addTask('proof', {
  description: 'Handlers and templates that are broken on purpose, which the histories must catch',
  env: { CDK_VALIDATION: 'false' },
  steps: [{ spawn: 'bundle' }, { exec: "jest --testMatch '<rootDir>/test/**/*.proof.ts'", receiveArgs: true }],
});

project.addTask('rosetta', {
  description: 'Compile the examples of README and doc comments',
  exec: 'jsii-rosetta extract --strict',
});

project.addTask('mutation', {
  description: 'Mutation testing of the validation rules',
  env: { CDK_VALIDATION: 'false' },
  exec: 'stryker run',
});

const releaseWorkflow = project.tryFindObjectFile('.github/workflows/release.yml');
// The default of the tool that publishes is the same registry.
releaseWorkflow?.addDeletionOverride('jobs.release_npm.steps.9.env.NPM_REGISTRY');
// The key agent of the Go release listens where the runner keeps what is gone after the job.
[10, 11].forEach((step) => releaseWorkflow?.addOverride(`jobs.release_golang.steps.${step}.env.SSH_AUTH_SOCK`, '${{ runner.temp }}/ssh_agent.sock'));

project.eslint?.addRules({ '@stylistic/max-len': ['error', { code: 180, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreComments: true, ignoreRegExpLiterals: true }] });
project.eslint?.addIgnorePattern('test/consumers/');

project.synth();
