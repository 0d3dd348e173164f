using BenchmarkDotNet.Running;

using OnnxDeep.Benchmarks;

// Reports are written to reports/<processor>/ and committed; use --filter '*' to run all benchmarks.
BenchmarkSwitcher.FromAssembly(typeof(ReportConfig).Assembly).Run(args, new ReportConfig());
