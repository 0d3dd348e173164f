using Google.Protobuf;

using OnnxDeep.Onnx.Comparison;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Tests.Onnx.Inspection;

using static OnnxDeep.Onnx.Protos.AttributeProto.Types;

namespace OnnxDeep.Tests.Onnx.Comparison;

public sealed class StructureComparerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public StructureComparerTests() => _directory.Write("weights.bin", new byte[12]);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void EqualModelsHaveNoDifference() => Assert.Empty(Compare(_ => { }));

    [Fact]
    public void VersionsInputsAndOutputsAreTold()
    {
        IReadOnlyList<StructureDifference> found = Compare(model =>
        {
            model.IrVersion = 9;
            model.OpsetImport[1].Version = 2;
            model.Graph.Input[0].Type = Models.Tensor(TensorProto.Types.DataType.Float, "N", 4);
            model.Graph.Output.Add(Models.Value("z", Models.Tensor(TensorProto.Types.DataType.Float)));
        });

        Assert.Equal(
            [
                "IrVersion ONNX: 8 → 9",
                "Opset local: 1 → 2",
                "Input x: tensor(float) [N, 3] → tensor(float) [N, 4]",
                "Output z: (none) → tensor(float) []",
            ],
            found.Select(difference => difference.ToString()));
    }

    [Fact]
    public void OperatorsAndWhatIsMadeInAnotherWayAreTold()
    {
        IReadOnlyList<StructureDifference> found = Compare(model =>
        {
            model.Graph.Node[1].OpType = "LeakyRelu";
            model.Graph.Node[1].Attribute.Add(
                new AttributeProto { Name = "alpha", F = 0.5f, Type = AttributeType.Float });
            model.Graph.Node.Add(Models.Node("Abs", "", "more", "h"));
        });

        Assert.Equal(
            [
                "Operator Relu: 1 → (none)",
                "Operator Abs: (none) → 1",
                "Operator LeakyRelu: (none) → 1",
                "Node h: Relu(z) → LeakyRelu(z) alpha=0.5",
            ],
            found.Select(difference => difference.ToString()));
    }

    [Fact]
    public void StoredTensorsAreComparedByTypeShapeAndContent()
    {
        IReadOnlyList<StructureDifference> found = Compare(model =>
        {
            model.Graph.Initializer[0].FloatData[0] = 7;
            model.Graph.Initializer[2].Dims[0] = 70;
            model.Graph.Initializer[2].Dims[1] = 10;
            model.Graph.Node[2].Attribute[0].G.Initializer[0].Name = "two";
            model.Graph.Node[2].Attribute[0].G.Node[0].Input[1] = "two";
        });

        Assert.Equal(
            ["choose/then_branch/sum", "w", "large", "choose/then_branch/one", "choose/then_branch/two"],
            found.Select(difference => difference.Name));
        Assert.All(found.Skip(1), difference => Assert.Equal(StructureDifferenceKind.Initializer, difference.Kind));
        Assert.StartsWith("float [3, 2] ", found[1].Difference, StringComparison.Ordinal);
        Assert.StartsWith("float [70, 10] ", found[2].Difference, StringComparison.Ordinal);
        Assert.Equal(string.Empty, found[3].Difference);
        Assert.Equal(string.Empty, found[4].Reference);
    }

    [Fact]
    public void ConstantsOfNodesAreComparedByContent()
    {
        ModelProto With(params float[] values)
        {
            ModelProto model = Models.Rich();
            NodeProto constant = Models.Node("Constant", "", "c");
            constant.Attribute.Add(new AttributeProto
            {
                Name = "value", Type = AttributeType.Tensor, T = Models.Floats("", [values.Length], values),
            });
            model.Graph.Node.Add(constant);
            return model;
        }

        StructureDifference found = Assert.Single(
            StructureComparer.Compare(Write("a.onnx", With(1, 2)), Write("b.onnx", With(1, 3))));

        Assert.Equal((StructureDifferenceKind.Node, "c"), (found.Kind, found.Name));
        Assert.StartsWith("Constant() value=float [2] ", found.Reference, StringComparison.Ordinal);
    }

    private IReadOnlyList<StructureDifference> Compare(Action<ModelProto> change)
    {
        ModelProto changed = Models.Rich();
        change(changed);
        return StructureComparer.Compare(Write("a.onnx", Models.Rich()), Write("b.onnx", changed));
    }

    private string Write(string name, ModelProto model) => _directory.Write(name, model.ToByteArray());
}
