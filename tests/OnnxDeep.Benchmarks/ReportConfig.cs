using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Loggers;

using OnnxDeep.Tests;

namespace OnnxDeep.Benchmarks;

/// <summary>Reports medians and ratios, as one Markdown table per benchmark and processor.</summary>
internal sealed class ReportConfig : ManualConfig
{
    public ReportConfig()
    {
        AddLogger(ConsoleLogger.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn(StatisticColumn.Median);
        AddDiagnoser(MemoryDiagnoser.Default);
        AddExporter(new ProcessorReport());
        ArtifactsPath = Path.Combine(Repository.Root, "artifacts", "benchmarks");
        HideColumns("Error", "StdDev", "Gen0", "Gen1", "Gen2");
    }
}
