using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>Finds what a model needs to be run and does not state, although the file itself is intact.</summary>
internal static class ModelCompleteness
{
    /// <summary>Describes each omission in a sentence or two that name the way out.</summary>
    /// <param name="model">The model.</param>
    public static IEnumerable<string> Check(ModelProto model) =>
        CheckVersions(model).Concat(CheckGraph(model)).Concat(CheckDomains(model));

    private static IEnumerable<string> CheckVersions(ModelProto model)
    {
        if (!model.HasIrVersion)
        {
            yield return "The file does not state its IR version (ir_version), which ONNX Runtime requires. "
                + "Export the model again, or set the version with the tool that wrote it.";
        }

        if (model.OpsetImport.Count == 0)
        {
            yield return ModelErrors.NoOpset;
        }
    }

    private static IEnumerable<string> CheckGraph(ModelProto model)
    {
        GraphProto graph = model.Graph;
        if (graph.Output.Count == 0)
        {
            yield return graph.Node.Count == 0 && graph.Initializer.Count == 0
                ? "The graph is empty: it has no nodes, no stored tensors and no outputs. Export the model again."
                : "The graph has no outputs, so a run returns nothing. Export the model with the outputs to compute.";
        }

        var values = graph.Input.Select(input => input.Name)
            .Concat(graph.Initializer.Select(tensor => tensor.Name))
            .Concat(graph.SparseInitializer.Select(sparse => sparse.Values?.Name ?? string.Empty))
            .Concat(graph.Node.SelectMany(node => node.Output))
            .ToHashSet(StringComparer.Ordinal);
        foreach (string name in graph.Output.Select(output => output.Name).Where(name => !values.Contains(name)))
        {
            yield return $"Nothing computes the output '{name}'. Export the model with the nodes that compute it.";
        }
    }

    // ONNX Runtime assumes a version of its own domains if a model does not list them, but a function must list all.
    private static IEnumerable<string> CheckDomains(ModelProto model)
    {
        if (model.OpsetImport.Count == 0)
        {
            yield break;
        }

        HashSet<string> imported = Domains(model.OpsetImport);
        HashSet<string> local = [.. model.Functions.Select(function => OnnxNames.NormalizeDomain(function.Domain))];
        IEnumerable<string> used = Used(GraphScope.Of(model).SelectMany(scope => scope.Nodes));
        foreach (string domain in used.Where(domain => local.Contains(domain) && !imported.Contains(domain)))
        {
            yield return Missing("The model", domain);
        }

        foreach (FunctionProto function in model.Functions)
        {
            HashSet<string> own = Domains(function.OpsetImport);
            foreach (string domain in Used(function.Node).Where(domain => !own.Contains(domain)))
            {
                yield return Missing($"The function '{function.Name}'", domain);
            }
        }
    }

    private static string Missing(string user, string domain) =>
        $"{user} uses operators of '{domain}' without listing that set (opset_import), and ONNX Runtime refuses it. "
        + "Export the model again, or add the set with the version that it was written for.";

    private static HashSet<string> Domains(IEnumerable<OperatorSetIdProto> sets) =>
        [.. sets.Select(set => OnnxNames.NormalizeDomain(set.Domain))];

    private static IEnumerable<string> Used(IEnumerable<NodeProto> nodes) =>
        nodes.Select(node => OnnxNames.NormalizeDomain(node.Domain)).Distinct();
}
