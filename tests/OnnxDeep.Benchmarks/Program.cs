using BenchmarkDotNet.Running;

using OnnxDeep.Benchmarks;

// Reports go to reports/<processor>/, where they are committed; run with --filter '*' for all of them.
BenchmarkSwitcher.FromAssembly(typeof(ReportConfig).Assembly).Run(args, new ReportConfig());
