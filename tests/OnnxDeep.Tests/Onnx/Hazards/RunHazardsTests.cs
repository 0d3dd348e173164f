using System.Runtime.InteropServices;

using Google.Protobuf;

using OnnxDeep.Onnx.Hazards;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;

using static OnnxDeep.Onnx.Protos.AttributeProto.Types;

namespace OnnxDeep.Tests.Onnx.Hazards;

public sealed class RunHazardsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("Div", 0, "its node 'n' (Div) divides whole numbers by zero: the input 'b' contains 0")]
    [InlineData("Mod", 0, "its node 'n' (Mod) divides whole numbers by zero: the input 'b' contains 0")]
    [InlineData("Div", -1, "divides -2147483648 by -1, which int32 cannot hold: the input 'a' contains -2147483648")]
    [InlineData("Mod", -1, "divides -2147483648 by -1, which int32 cannot hold: the input 'a' contains -2147483648")]
    [InlineData("Div", 2, null)]
    [InlineData("Add", 0, null)]
    public void DivisorsAreChecked(string operation, int divisor, string? problem)
    {
        RunHazards? hazards = Read(Graph(["a", "b"], Node(operation, "a", "b")));

        string? found = hazards?.Find(Values(("a", Int32(int.MinValue)), ("b", Int32(divisor))));

        Assert.Equal(problem is null, found is null);
        Assert.Contains(problem ?? string.Empty, found ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersOfEqualShapesMeetOneByOne()
    {
        RunHazards hazards = Read(Graph(["a", "b"], Node("Div", "a", "b")))!;

        Assert.Null(hazards.Find(Values(("a", Int32(int.MinValue, 1)), ("b", Int32(1, -1)))));
        Assert.NotNull(hazards.Find(Values(("a", Int32(1, int.MinValue)), ("b", Int32(1, -1)))));
        Assert.NotNull(hazards.Find(Values(("a", Int32(1, int.MinValue)), ("b", Int32(-1)))));
    }

    [Fact]
    public void FloatsAndTheModuloOfFloatsMayBeZero()
    {
        NodeProto modulo = Node("Mod", "a", "b");
        modulo.Attribute.Add(new AttributeProto { Name = "fmod", I = 1, Type = AttributeType.Int });
        var zero = new OnnxTensor(OnnxElementType.Float, [1], new byte[4]);

        Assert.Null(Read(Graph(["a", "b"], modulo))!.Find(Values(("a", Int32(1)), ("b", Int32(0)))));
        Assert.Null(Read(Graph(["a", "b"], Node("Div", "a", "b")))!.Find(Values(("a", zero), ("b", zero))));
    }

    // 0.5 is 0 as a whole number, and 2³² is 0 in 32 bits.
    [Theory]
    [InlineData(0.5, true)]
    [InlineData(4294967296.0, true)]
    [InlineData(2.5, false)]
    public void OperandsAreFollowedThroughNodesThatKeepThem(double value, bool isFound)
    {
        GraphProto graph = Graph(
            ["a", "b"],
            Cast("b", "b64", OnnxElementType.Int64),
            Cast("b64", "b32", OnnxElementType.Int32),
            Node("Unsqueeze", ["b32", "axis"], "wide"),
            Node("Identity", ["wide"], "same"),
            Node("Div", "a", "same"));
        var given = new OnnxTensor(OnnxElementType.Double, [1], BitConverter.GetBytes(value));

        Assert.Equal(isFound, Read(graph)!.Find(Values(("a", Int32(1)), ("b", given))) is not null);
    }

    [Fact]
    public void CalculatedOperandsAreLeftToTheRuntime()
    {
        GraphProto graph = Graph(["a", "b"], Node("Abs", ["b"], "d"), Node("Div", "a", "d"));

        Assert.Null(Read(graph)!.Find(Values(("a", Int32(1)), ("b", Int32(0)))));
    }

    [Fact]
    public void ConstantsAreCheckedBeforeTheModelIsLoaded()
    {
        GraphProto graph = Graph([], Node("Div", "a", "b"));
        graph.Initializer.Add(Stored("a", int.MinValue));
        graph.Initializer.Add(Stored("b", -1));
        Assert.Contains("the constant 'b' contains -1", Read(graph)!.FindInModel(), StringComparison.Ordinal);

        // A run may replace it.
        graph.Input.Add(new ValueInfoProto { Name = "b" });
        RunHazards hazards = Read(graph)!;
        Assert.Null(hazards.FindInModel());
        Assert.Null(hazards.Find(Values(("b", Int32(1)))));
        Assert.NotNull(hazards.Find(Values()));
    }

    [Fact]
    public void FunctionsAndLoopsAreEntered()
    {
        var function = new FunctionProto { Name = "Divide", Domain = "own", Input = { "x", "y" }, Output = { "z" } };
        function.Node.Add(Node("Div", ["x", "y"], "z"));
        NodeProto call = Node("Divide", "a", "b");
        call.Domain = "own";
        var model = new ModelProto { Graph = Graph(["a", "b"], call), Functions = { function } };
        Assert.Contains("the input 'b' contains 0", Read(model)!.Find(Given(0)), StringComparison.Ordinal);

        Assert.NotNull(Read(Graph(["a", "b"], Body("Loop")))!.Find(Given(-1)));
    }

    // A division in a branch is often guarded by its condition.
    [Fact]
    public void BranchesAreNot() => Assert.Null(Read(Graph(["a", "b"], Body("If")))!.Find(Given(-1)));

    [Theory]
    [InlineData("STFT", 1, "1", "has a frame step of 0: the input 'i1' must be 1 or more")]
    [InlineData("STFT", 3, "1", "has frames of length 0: the input 'i3' is 0")]
    [InlineData("STFT", 2, "0", "has a window without elements: the input 'i2'")]
    [InlineData("LSTM", 0, "3,0,2", "the input 'i0' is [3, 0, 2]")]
    [InlineData("GRU", 0, "0,3,2", "the input 'i0' is [0, 3, 2]")]
    [InlineData("Conv", 1, "1,1,0,2", "has a kernel without extent: the input 'i1' is [1, 1, 0, 2]")]
    [InlineData("Attention", 1, "1,0,2,4", "the input 'i1' is [1, 0, 2, 4]")]
    [InlineData("SplitToSequence", 1, "", "splits into pieces of length 0: the input 'i1'")]
    public void OtherOperatorsThatEndTheProcessAreChecked(string operation, int operand, string shape, string problem)
    {
        long[] extents = [.. shape.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];
        string[] inputs = ["i0", "i1", "i2", "i3"];
        RunHazards hazards = Read(Graph(inputs, Node(operation, inputs, "c")))!;
        var value = new OnnxTensor(
            OnnxElementType.Int64, extents, new byte[sizeof(long) * extents.Aggregate(1L, (a, b) => a * b)]);

        Assert.Contains(problem, hazards.Find(Values(($"i{operand}", value))), StringComparison.Ordinal);
        Assert.Null(hazards.Find(Values()));
    }

    [Theory]
    [InlineData("ConvTranspose", "group", "has 0 groups")]
    [InlineData("Attention", "q_num_heads", "has 0 heads: the attribute q_num_heads")]
    [InlineData("Attention", "kv_num_heads", "has 0 heads: the attribute kv_num_heads")]
    public void AttributesThatEndTheProcessAreRefused(string operation, string attribute, string problem)
    {
        NodeProto node = Node(operation, "a", "b");
        node.Attribute.Add(new AttributeProto { Name = attribute, I = 0, Type = AttributeType.Int });

        Assert.Contains(problem, Read(Graph(["a", "b"], node))!.FindInModel(), StringComparison.Ordinal);
    }

    [Fact]
    public void LargeConstantsAreReadFromTheFile()
    {
        GraphProto graph = Graph(["a"], Node("Div", "a", "b"));
        int[] numbers = new int[5_000];
        Array.Fill(numbers, 1);
        numbers[4_999] = 0;
        TensorProto tensor = Stored("b");
        tensor.Dims[0] = numbers.Length;
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<int>(numbers));
        graph.Initializer.Add(tensor);

        Assert.Contains("the constant 'b' contains 0", Read(graph)!.Find(Given(1)), StringComparison.Ordinal);
    }

    private static Dictionary<string, OnnxValue> Given(int divisor) =>
        Values(("a", Int32(int.MinValue)), ("b", Int32(divisor)));

    private static Dictionary<string, OnnxValue> Values(params (string Name, OnnxValue Value)[] values) =>
        values.ToDictionary(pair => pair.Name, pair => pair.Value);

    private static OnnxTensor Int32(params int[] numbers) => new(
        OnnxElementType.Int32, [numbers.Length], MemoryMarshal.AsBytes<int>(numbers).ToArray());

    private static TensorProto Stored(string name, params int[] numbers) => new()
    {
        Name = name, DataType = (int)OnnxElementType.Int32, Dims = { numbers.Length }, Int32Data = { numbers },
    };

    private static NodeProto Body(string operation)
    {
        var body = new GraphProto { Name = "body", Node = { Node("Div", "a", "b") } };
        NodeProto node = Node(operation, [], "out");
        node.Attribute.Add(new AttributeProto { Name = "body", G = body, Type = AttributeType.Graph });
        return node;
    }

    private static NodeProto Cast(string input, string output, OnnxElementType type)
    {
        NodeProto node = Node("Cast", [input], output);
        node.Attribute.Add(new AttributeProto { Name = "to", I = (int)type, Type = AttributeType.Int });
        return node;
    }

    private static NodeProto Node(string operation, string a, string b) => Node(operation, [a, b], "c");

    private static NodeProto Node(string operation, string[] inputs, string output) => new()
    {
        Name = "n", OpType = operation, Input = { inputs }, Output = { output },
    };

    private static GraphProto Graph(string[] inputs, params NodeProto[] nodes) => new()
    {
        Name = "g", Input = { inputs.Select(name => new ValueInfoProto { Name = name }) }, Node = { nodes },
    };

    private RunHazards? Read(GraphProto graph) => Read(new ModelProto { Graph = graph });

    private RunHazards? Read(ModelProto model)
    {
        string path = _directory.Write("model.onnx", model.ToByteArray());
        using FileStream stream = File.OpenRead(path);
        return RunHazards.Read(stream, path);
    }
}
