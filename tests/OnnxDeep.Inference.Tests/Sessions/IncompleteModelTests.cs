using Google.Protobuf;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Values;

namespace OnnxDeep.Tests.Sessions;

/// <summary>
/// Models whose files are intact, but that leave something out: they are described, and the problem that is named for
/// each is one for which the runtime refuses it, too.
/// </summary>
public sealed class IncompleteModelTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("no opset", "lists no operator sets (opset_import)")]
    [InlineData("no opset, which IR version 2 permitted", "lists no operator sets (opset_import)")]
    [InlineData("no ir_version", "does not state its IR version (ir_version)")]
    [InlineData("no outputs", "has no outputs")]
    [InlineData("empty", "The graph is empty")]
    [InlineData("no nodes", "Nothing computes the output 'y'")]
    [InlineData("function without opset", "The function 'F' uses operators of 'ai.onnx' without listing that set")]
    [InlineData("model without the function's opset", "The model uses operators of 'local' without listing that set")]
    public void IntactModelIsDescribedWithItsProblem(string omission, string problem)
    {
        string path = _directory.Write("model.onnx", Create(omission).ToByteArray());

        OnnxModelInfo info = OnnxModelInspector.Open(path).Info;

        Assert.Contains(problem, Assert.Single(info.Problems), StringComparison.Ordinal);
        ModelException refusal = Assert.Throws<ModelException>(() => OnnxSession.Open(path));
        Assert.Equal(ErrorIds.ModelInvalid, refusal.ErrorId);
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(OnnxModelFile.Load(path).GetDenseLayers());
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("no graph name")]
    [InlineData("no nodes, and the output is an input")]
    [InlineData("no nodes, and the output is stored")]
    [InlineData("only another opset")]
    public void WhatTheRuntimeAcceptsHasNoProblem(string omission)
    {
        string path = _directory.Write("model.onnx", Create(omission).ToByteArray());

        Assert.Empty(OnnxModelInspector.Open(path).Info.Problems);
        OnnxSession.Open(path).Dispose();
        Assert.Empty(OnnxModelFile.Load(path).GetDenseLayers());
    }

    [Fact]
    public void ModelThatAnotherProgramWroteWithoutOpsetIsDescribed()
    {
        string path = Fixtures.Find("field/onnx/mul_1.noopset.onnx");

        OnnxModelInfo info = OnnxModelInspector.Open(path).Info;

        Assert.Contains("(opset_import)", Assert.Single(info.Problems), StringComparison.Ordinal);
        Assert.Equal("Mul 1", Assert.Single(info.Operators).ToString());
    }

    private static ModelProto Create(string omission)
    {
        ModelProto model = TestModels.Model(
            "Mul",
            [TestModels.Tensor("x", OnnxElementType.Float, -1, 3)],
            [TestModels.Tensor("y", OnnxElementType.Float, -1, 3)]);
        model.Graph.Node[0].Input.Clear();
        model.Graph.Node[0].Input.Add(["x", "x"]);
        switch (omission)
        {
            case "no opset":
                model.OpsetImport.Clear();
                break;
            case "no ir_version":
                model.ClearIrVersion();
                break;
            case "no outputs":
                model.Graph.Output.Clear();
                break;
            case "empty":
                model.Graph = new GraphProto { Name = "g" };
                break;
            case "no nodes":
                model.Graph.Node.Clear();
                break;
            case "function without opset":
                AddFunction(model).OpsetImport.Clear();
                break;
            case "model without the function's opset":
                AddFunction(model);
                model.OpsetImport.RemoveAt(model.OpsetImport.Count - 1);
                break;
            case "no graph name":
                model.Graph.ClearName();
                break;
            case "no nodes, and the output is an input":
                model.Graph.Node.Clear();
                model.Graph.Output[0].Name = "x";
                break;
            case "no nodes, and the output is stored":
                TensorProto stored = TestModels.Floats([1, 3], [1, 2, 3]);
                stored.Name = "y";
                model.Graph.Node.Clear();
                model.Graph.Input.Clear();
                model.Graph.Initializer.Add(stored);
                break;
            case "no opset, which IR version 2 permitted":
                model.IrVersion = 2;
                model.OpsetImport.Clear();
                break;
            case "only another opset":
                model.OpsetImport.Clear();
                model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 3 });
                break;
        }

        return model;
    }

    private static FunctionProto AddFunction(ModelProto model)
    {
        var function = new FunctionProto
        {
            Name = "F", Domain = "local", Input = { "a" }, Output = { "b" },
            Node = { new NodeProto { OpType = "Neg", Input = { "a" }, Output = { "b" } } },
            OpsetImport = { new OperatorSetIdProto { Version = 17 } },
        };
        model.Functions.Add(function);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "local", Version = 1 });
        NodeProto node = model.Graph.Node[0];
        (node.OpType, node.Domain) = ("F", "local");
        node.Input.RemoveAt(1);
        return function;
    }
}
