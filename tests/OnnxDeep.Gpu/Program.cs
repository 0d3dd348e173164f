using OnnxDeep;
using OnnxDeep.Gpu;

// One step per process, so that tests/gpu/check can limit its time and continue if it crashes.
var steps = new Dictionary<string, (string Report, Func<GpuRun, Report, bool> Run)>
{
    ["libraries"] = ("Libraries", LibrariesStep.Run),
    ["providers"] = ("Providers", ProvidersStep.Run),
    ["answers"] = ("Answers", AnswersStep.Run),
    ["node-tests"] = ("NodeTests", NodeTestsStep.Run),
    ["placement"] = ("Placement", PlacementStep.Run),
    ["speed"] = ("Speed", SpeedStep.Run),
    ["sessions"] = ("Sessions", SessionsStep.Run),
    ["threads"] = ("Threads", ThreadsStep.Run),
    ["graph-errors"] = ("GraphErrors", GraphErrorsStep.Run),
};
if (args is not [string step, "CPU" or "CUDA", string device, string folder, string limit]
    || !steps.TryGetValue(step, out (string Report, Func<GpuRun, Report, bool> Run) found)
    || !int.TryParse(limit, out int seconds))
{
    Console.Error.WriteLine(
        $"Usage: OnnxDeep.Gpu <{string.Join('|', steps.Keys)}> <CPU|CUDA> <device name> <report folder> <seconds>");
    return 2;
}

using var source = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
using var run = new GpuRun(args[1], source.Token);
var report = new Report(folder, found.Report, device, run.IsTrial);
try
{
    bool passed = found.Run(run, report);
    report.Note(passed ? "Passed." : "Failed.");
    return passed ? 0 : 1;
}
catch (OperationCanceledException)
{
    report.Note($"Failed: stopped after {seconds} s without completing.");
    return 1;
}
catch (Exception e) when (e is OnnxDeepException or IOException)
{
    report.Note($"Failed: {e.Message}");
    return 1;
}
