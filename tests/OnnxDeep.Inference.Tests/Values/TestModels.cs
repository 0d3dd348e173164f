using Google.Protobuf;

using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Tests.Values;

/// <summary>Creates single-operator models and test folders for tests.</summary>
internal static class TestModels
{
    public static ValueInfoProto Tensor(string name, OnnxElementType type, params long[] shape) => new()
    {
        Name = name, Type = TensorType(type, shape),
    };

    public static ValueInfoProto Sequence(string name, OnnxElementType type) => new()
    {
        Name = name,
        Type = new TypeProto { SequenceType = new TypeProto.Types.Sequence { ElemType = TensorType(type, null) } },
    };

    public static ValueInfoProto Optional(string name, OnnxElementType type, params long[] shape) => new()
    {
        Name = name,
        Type = new TypeProto { OptionalType = new TypeProto.Types.Optional { ElemType = TensorType(type, shape) } },
    };

    /// <summary>Creates a model with one operator that has all inputs and outputs.</summary>
    public static ModelProto Model(
        string op, ValueInfoProto[] inputs, ValueInfoProto[] outputs, string domain = "", int opset = 17)
    {
        var node = new NodeProto { OpType = op, Domain = domain };
        node.Input.AddRange(inputs.Select(input => input.Name));
        node.Output.AddRange(outputs.Select(output => output.Name));
        var graph = new GraphProto { Name = "test", Node = { node } };
        graph.Input.AddRange(inputs);
        graph.Output.AddRange(outputs);
        var model = new ModelProto
        {
            IrVersion = 8, Graph = graph,
            OpsetImport = { new OperatorSetIdProto { Domain = string.Empty, Version = opset } },
        };
        if (domain.Length > 0)
        {
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = 1 });
        }

        return model;
    }

    public static TensorProto Floats(long[] shape, params float[] values)
    {
        var tensor = new TensorProto { DataType = (int)OnnxElementType.Float };
        tensor.Dims.AddRange(shape);
        tensor.FloatData.AddRange(values);
        return tensor;
    }

    /// <summary>Writes a folder with the backend-test layout and one data set.</summary>
    public static string Write(
        TemporaryDirectory directory, string name, ModelProto model, IMessage[] inputs, IMessage[] outputs)
    {
        string folder = directory.File(name);
        string data = Path.Combine(folder, "test_data_set_0");
        Directory.CreateDirectory(data);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), model.ToByteArray());
        for (int i = 0; i < inputs.Length; i++)
        {
            File.WriteAllBytes(Path.Combine(data, $"input_{i}.pb"), inputs[i].ToByteArray());
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            File.WriteAllBytes(Path.Combine(data, $"output_{i}.pb"), outputs[i].ToByteArray());
        }

        return folder;
    }

    // A negative dimension is symbolic; null allows any shape.
    private static TypeProto TensorType(OnnxElementType type, long[]? shape)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type };
        if (shape is not null)
        {
            tensor.Shape = new TensorShapeProto();
            tensor.Shape.Dim.AddRange(shape.Select(extent => extent < 0
                ? new TensorShapeProto.Types.Dimension { DimParam = "N" }
                : new TensorShapeProto.Types.Dimension { DimValue = extent }));
        }

        return new TypeProto { TensorType = tensor };
    }
}
