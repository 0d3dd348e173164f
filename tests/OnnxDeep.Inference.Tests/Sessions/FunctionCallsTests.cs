using Google.Protobuf;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Values;

namespace OnnxDeep.Tests.Sessions;

/// <summary>Functions that call each other; without limits, the runtime ends the process.</summary>
public sealed class FunctionCallsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void FunctionsUpToTheLimitAreLoaded() =>
        OnnxSession.Open(Write(Create(FunctionCalls.MostLevels, calls: 1))).Dispose();

    [Theory]
    [InlineData(FunctionCalls.MostLevels + 1, 1)]
    [InlineData(20_000, 1)]
    [InlineData(25, 2)]
    public void ChainBeyondTheLimitsIsRefused(int functions, int calls)
    {
        string path = Write(Create(functions, calls));

        FileFormatException refusal = Assert.Throws<FileFormatException>(() => OnnxSession.Open(path));
        Assert.Equal(ErrorIds.ModelTooLarge, refusal.ErrorId);
    }

    [Fact]
    public void FunctionThatCallsItselfIsRefusedByTheRuntime()
    {
        ModelProto model = Create(2, calls: 1);
        model.Functions[1].Node[0].OpType = "F0";
        model.Functions[1].Node[0].Domain = "local";

        ModelException refusal = Assert.Throws<ModelException>(() => OnnxSession.Open(Write(model)));
        Assert.Equal(ErrorIds.ModelInvalid, refusal.ErrorId);
    }

    private string Write(ModelProto model) => _directory.Write("model.onnx", model.ToByteArray());

    // Each function calls the next one, once or several times in a row; the last one is Neg.
    private static ModelProto Create(int functions, int calls)
    {
        var model = new ModelProto
        {
            IrVersion = 8,
            OpsetImport =
            {
                new OperatorSetIdProto { Version = 17 }, new OperatorSetIdProto { Domain = "local", Version = 1 },
            },
            Graph = new GraphProto
            {
                Name = "g",
                Input = { TestModels.Tensor("x", OnnxElementType.Float, 1) },
                Output = { TestModels.Tensor("y", OnnxElementType.Float, 1) },
                Node = { Call("x", "y", 0, functions) },
            },
        };
        for (int i = 0; i < functions; i++)
        {
            var function = new FunctionProto
            {
                Name = $"F{i}", Domain = "local", Input = { "v0" }, Output = { $"v{calls}" },
                OpsetImport = { model.OpsetImport },
            };
            for (int call = 0; call < calls; call++)
            {
                function.Node.Add(Call($"v{call}", $"v{call + 1}", i + 1, functions));
            }

            model.Functions.Add(function);
        }

        return model;
    }

    private static NodeProto Call(string input, string output, int function, int functions) => new()
    {
        OpType = function < functions ? $"F{function}" : "Neg",
        Domain = function < functions ? "local" : string.Empty,
        Input = { input },
        Output = { output },
    };
}
