/** For `go build` and `go install` of what runs once or twice: without optimisation and debug information, which take longer than the runs. */
export const QUICK_BUILD = ['-gcflags=all=-N -l -dwarf=false', '-ldflags=-s -w'];
