using BenchmarkDotNet.Running;

using OnnxDeep.Benchmarks;
using OnnxDeep.Benchmarks.Defaults;

// "defaults FOLDER" compares the default training with scikit-learn: see Defaults/README.md. Other reports are written
// to reports/<processor>/ and committed; use --filter '*' to run all benchmarks.
if (args is ["defaults", string folder])
{
    DefaultTraining.Run(folder);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(ReportConfig).Assembly).Run(args, new ReportConfig());
}
