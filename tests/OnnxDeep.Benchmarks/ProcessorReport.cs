using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;

using OnnxDeep.Tests;

namespace OnnxDeep.Benchmarks;

/// <summary>Writes a benchmark's table to <c>reports/&lt;processor&gt;/&lt;benchmark&gt;.md</c>.</summary>
internal sealed class ProcessorReport : IExporter
{
    public string Name => nameof(ProcessorReport);

    public IEnumerable<string> ExportToFiles(Summary summary, ILogger consoleLogger)
    {
        if (summary.BenchmarksCases.Length == 0)
        {
            return [];
        }

        string processor = summary.HostEnvironmentInfo.Cpu.Value?.ProcessorName?.Trim() ?? "unknown";
        string folder = Path.Combine(
            Repository.Root,
            "tests",
            "OnnxDeep.Benchmarks",
            "reports",
            string.Concat(processor.Split(Path.GetInvalidFileNameChars())));
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, summary.BenchmarksCases[0].Descriptor.Type.Name + ".md");
        using var writer = new StreamWriter(path);
        MarkdownExporter.GitHub.ExportToLog(summary, new StreamLogger(writer));
        return [path];
    }

    public void ExportToLog(Summary summary, ILogger logger) => MarkdownExporter.GitHub.ExportToLog(summary, logger);
}
