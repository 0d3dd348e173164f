using System.Globalization;

using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Tests.Words;

namespace OnnxDeep.Tests.Testing;

[Trait("Culture", "Any")]
public sealed class ForeignCountTests : IDisposable
{
    // The rule of OnnxModelInfo.Parameters in the words of the Python package onnx.
    private const string Script = """
        import sys
        import onnx
        from onnx import numpy_helper

        INDICES = {onnx.TensorProto.BOOL, onnx.TensorProto.STRING, onnx.TensorProto.INT32, onnx.TensorProto.INT64,
                   onnx.TensorProto.UINT32, onnx.TensorProto.UINT64}

        def size(tensor):
            array = numpy_helper.to_array(tensor)
            return array.size if array.ndim > 0 and tensor.data_type not in INDICES else 0

        def nodes(items):
            total = 0
            for node in items:
                for attribute in node.attribute:
                    if node.op_type == "Constant" and attribute.name == "value":
                        total += size(attribute.t)
                    if attribute.type == onnx.AttributeProto.GRAPH:
                        total += graph(attribute.g)
            return total

        def graph(item):
            return sum(size(tensor) for tensor in item.initializer) + nodes(item.node)

        with open(sys.argv[1], "w") as out:
            for path in sys.argv[2:]:
                model = onnx.load(path)
                out.write(f"{graph(model.graph) + sum(nodes(f.node) for f in model.functions)}\n")
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ParametersAreAsManyAsAnotherReaderOfOnnxCounts()
    {
        string[] models =
        [
            .. Directory.GetFiles(Repository.Models, "*.onnx"),
            .. Directory.GetFiles(
                Path.Combine(Repository.Root, "tests", "data"), "*.onnx", SearchOption.AllDirectories),
        ];
        string output = _directory.File("counts.txt");

        (int code, string error) = Programs.Python("onnx", Script, [output, .. models]);

        Assert.True(code == 0, error);
        Assert.NotEmpty(models);
        Assert.Equal(
            File.ReadAllLines(output).Select(line => long.Parse(line, CultureInfo.InvariantCulture)),
            models.Select(model => OnnxModelInspector.Open(model).Info.Parameters));
    }
}
