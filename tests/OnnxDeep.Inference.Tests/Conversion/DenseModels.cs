using System.Runtime.InteropServices;

using Google.Protobuf;

using OnnxDeep.Numerics;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Values;

namespace OnnxDeep.Tests.Conversion;

/// <summary>Creates models with dense layers for tests.</summary>
internal static class DenseModels
{
    public static NodeProto Node(string op, string[] inputs, string output, params AttributeProto[] attributes) =>
        new()
        {
            OpType = op, Name = output + "_" + op, Input = { inputs }, Output = { output }, Attribute = { attributes },
        };

    public static TensorProto Floats(string name, long[] dims, params float[] values) =>
        new()
        {
            Name = name, DataType = (int)OnnxElementType.Float, Dims = { dims },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)),
        };

    public static TensorProto Whole(string name, params long[] values) =>
        new()
        {
            Name = name, DataType = (int)OnnxElementType.Int64, Dims = { values.Length },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<long>(values)),
        };

    /// <summary>Creates random numbers in [-1, 1).</summary>
    public static float[] Random(long count, ulong seed)
    {
        var random = new DeterministicRandom(seed, RandomPurpose.Data);
        return [.. Enumerable.Range(0, (int)count).Select(_ => random.NextSingle(-1, 1))];
    }

    public static ModelProto Model(
        ValueInfoProto[] inputs,
        ValueInfoProto[] outputs,
        NodeProto[] nodes,
        TensorProto[] tensors,
        int opset = 17,
        int ir = 8) => new()
    {
        IrVersion = ir,
        Graph = new GraphProto
        {
            Name = "test", Input = { inputs }, Output = { outputs }, Node = { nodes }, Initializer = { tensors },
        },
        OpsetImport = { new OperatorSetIdProto { Version = opset } },
        MetadataProps = { new StringStringEntryProto { Key = "author", Value = "Ada" } },
    };

    /// <summary>
    /// Creates one Gemm, y = alpha·x·W + beta·C; <paramref name="bias"/> is the shape of C, null for none.
    /// </summary>
    public static ModelProto Gemm(
        int inputs,
        int units,
        bool transB = false,
        float alpha = 1,
        float beta = 1,
        long[]? bias = null,
        ulong seed = 7,
        int opset = 17)
    {
        NodeProto node = Node(
            "Gemm",
            bias is null ? ["x", "w"] : ["x", "w", "c"],
            "y",
            Number("alpha", alpha),
            Number("beta", beta),
            OnnxAttribute("transB", transB ? 1 : 0));
        List<TensorProto> tensors =
        [
            Floats("w", transB ? [units, inputs] : [inputs, units], Random((long)inputs * units, seed)),
        ];
        if (bias is not null)
        {
            tensors.Add(Floats("c", bias, Random(bias.Aggregate(1L, (count, extent) => count * extent), seed + 1)));
        }

        return Model(
            [TestModels.Tensor("x", OnnxElementType.Float, -1, inputs)],
            [TestModels.Tensor("y", OnnxElementType.Float, -1, units)],
            [node],
            [.. tensors],
            opset);
    }

    public static AttributeProto Number(string name, float value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public static AttributeProto OnnxAttribute(string name, params long[] values)
    {
        var attribute = new AttributeProto
        {
            Name = name, Type = AttributeProto.Types.AttributeType.Int, I = values[0],
        };
        if (values.Length > 1)
        {
            attribute = new AttributeProto
            {
                Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values },
            };
        }

        return attribute;
    }
}
