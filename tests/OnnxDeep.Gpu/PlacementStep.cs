using System.Text.Json;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;

namespace OnnxDeep.Gpu;

/// <summary>Lists which operators run on the device and which on the CPU, according to the runtime's profile.</summary>
internal static class PlacementStep
{
    /// <summary>Passes if all operators of models without strings run on the device.</summary>
    public static bool Run(GpuRun run, Report report)
    {
        report.Columns("Model", "Operator", "Provider", "Nodes");
        bool passed = true;
        foreach (string path in GpuRun.ShippedModels.Concat(run.WriteModels()))
        {
            foreach (IGrouping<(string Operator, string Provider), string> place in Profile(run, path)
                .GroupBy(node => (node.Operator, node.Provider), node => node.Node).OrderBy(place => place.Key))
            {
                report.Add(
                    Path.GetFileNameWithoutExtension(path), place.Key.Operator, place.Key.Provider, place.Count());
                passed &= run.IsTrial || place.Key.Provider == "CUDA" || path == GpuRun.FoodWords;
            }
        }

        return passed;
    }

    private static IReadOnlyList<(string Node, string Operator, string Provider)> Profile(GpuRun run, string path)
    {
        const string Kernel = "_kernel_time";
        string file;
        using (var session = OnnxSession.Open(
            path, run.GetProvider(), new SessionSettings { ProfilePrefix = run.TemporaryFile("profile") }))
        {
            var runner = new ModelRunner(session, []);
            runner.Run(AnswersStep.CreateInputs(path, runner.Signature, 64), run.Token);
            file = session.EndProfile();
        }

        using JsonDocument profile = JsonDocument.Parse(File.ReadAllText(file));
        return
        [
            .. profile.RootElement.EnumerateArray()
                .Select(entry => (Name: entry.GetProperty("name").GetString()!, Entry: entry))
                .Where(entry => entry.Name.EndsWith(Kernel, StringComparison.Ordinal))
                .Select(entry => (entry.Name[..^Kernel.Length], Arguments: entry.Entry.GetProperty("args")))
                .Select(node => (
                    node.Item1,
                    node.Arguments.GetProperty("op_name").GetString()!,
                    ProviderNames.Shorten(node.Arguments.GetProperty("provider").GetString()!))),
        ];
    }
}
