using System.IO.Compression;
using System.Text;

using Google.Protobuf;

using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Tests.Onnx.Tensors;

public sealed class TensorFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void TypedListsHoldWhatRawBytesHold()
    {
        TensorProto[] pairs =
        [
            new() { DataType = 10, Dims = { 2 }, Int32Data = { 0x3C00, 0xFC00 } },
            new() { DataType = 10, Dims = { 2 }, RawData = ByteString.CopyFrom(0x00, 0x3C, 0x00, 0xFC) },
            new() { DataType = 3, Dims = { 2 }, Int32Data = { -1, 127 } },
            new() { DataType = 3, Dims = { 2 }, RawData = ByteString.CopyFrom(0xFF, 0x7F) },
            new() { DataType = 12, Dims = { 1 }, Uint64Data = { uint.MaxValue } },
            new() { DataType = 12, Dims = { 1 }, RawData = ByteString.CopyFrom(0xFF, 0xFF, 0xFF, 0xFF) },
            new() { DataType = 16, Dims = { 1 }, Int32Data = { 0x3FC0 } },
            new() { DataType = 16, Dims = { 1 }, RawData = ByteString.CopyFrom(0xC0, 0x3F) },
        ];

        foreach (TensorProto[] pair in pairs.Chunk(2))
        {
            Assert.Equal(Read(pair[1]).ToObject(), Read(pair[0]).ToObject());
        }
    }

    [Fact]
    public void GiganticShapeIsRefusedBeforeAnythingIsAskedFor()
    {
        Assert.Equal(
            ErrorIds.TensorTooLarge, Fail(new TensorProto { DataType = 1, Dims = { 1L << 40, 1L << 40 } }));
        Assert.Equal(ErrorIds.TensorInvalid, Fail(new TensorProto { DataType = 1, Dims = { 1 << 28 } }));
        Assert.Equal(ErrorIds.TensorInvalid, Fail(new TensorProto { DataType = 1, Dims = { -1 } }));
        Assert.Equal(ErrorIds.TensorUnsupported, Fail(new TensorProto { DataType = 99, Dims = { 1 } }));
        Assert.Equal(
            ErrorIds.TensorInvalid,
            Fail(new TensorProto { DataType = 8, Dims = { 1 }, StringData = { ByteString.CopyFrom(0xFF) } }));
        var map = new MapProto
        {
            Name = "m",
            StringKeys = { ByteString.CopyFrom(0xFF) },
            Values = new SequenceProto { TensorValues = { new TensorProto { DataType = 7, Int64Data = { 5 } } } },
        };
        Assert.Equal(
            ErrorIds.TensorInvalid,
            Assert.Throws<FileFormatException>(() => Read(map, OnnxTypeKind.Map)).ErrorId);
        Assert.Equal(0, ((OnnxTensor)Read(new TensorProto { DataType = 1, Dims = { 1L << 40, 0 } })).Count);
    }

    [Fact]
    public void SequencesMapsAndOptionalsAreToldByTheirKind()
    {
        var one = new TensorProto { DataType = 7, Int64Data = { 5 } };
        Assert.Equal(
            new object?[] { 5L, 5L },
            Read(new SequenceProto { TensorValues = { one, one } }, OnnxTypeKind.Sequence).ToObject());
        Assert.Null(Read(new OptionalProto(), OnnxTypeKind.Optional).ToObject());
        Assert.Equal(5L, Read(new OptionalProto { TensorValue = one }, OnnxTypeKind.Optional).ToObject());
        var map = new MapProto { Keys = { 3 }, Values = new SequenceProto { TensorValues = { one } } };
        Assert.Equal(5L, ((System.Collections.IDictionary)Read(map, OnnxTypeKind.Map).ToObject()!)[3L]);
    }

    [Theory]
    [InlineData("<f4", false, new byte[] { 0, 0, 128, 63, 0, 0, 0, 64 }, "1 2")]
    [InlineData(">i2", false, new byte[] { 0, 1, 0, 2 }, "1 2")]
    [InlineData("|b1", false, new byte[] { 1, 0 }, "True False")]
    [InlineData("<U1", false, new byte[] { 97, 0, 0, 0, 0, 0, 0, 0 }, "a ")]
    public void NumPyArraysAreRead(string type, bool isFortran, byte[] data, string expected)
    {
        string path = _directory.Write("a.npy", Npy(type, isFortran, "(2,)", data));

        Assert.Equal(expected, string.Join(' ', TensorFile.ReadNpy(path).ToArray().Cast<object>()));
    }

    [Theory]
    [InlineData("|S2", new byte[] { 0x61, 0, 0xE9, 0 }, "contains bytes at [1] that are not UTF-8: 0xE900.")]
    [InlineData("<U1", new byte[] { 97, 0, 0, 0, 0, 0xD8, 0, 0 }, "contains a text at [1] that is not Unicode: 0x00D8")]
    public void NumPyBytesThatAreNotTextAreNotReplaced(string type, byte[] data, string problem)
    {
        string path = _directory.Write("a.npy", Npy(type, false, "(2,)", data));

        FileFormatException error = Assert.Throws<FileFormatException>(() => TensorFile.ReadNpy(path));
        Assert.Equal(ErrorIds.TensorInvalid, error.ErrorId);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NumPyBytesThatAreUtf8AreTexts() => Assert.Equal(
        ["é", "a"],
        TensorFile.ReadNpy(_directory.Write("a.npy", Npy("|S2", false, "(2,)", [0xC3, 0xA9, 0x61, 0]))).Strings);

    [Fact]
    public void NumPyBytesOfAnotherProgramAreRefused() => Assert.Equal(
        ErrorIds.TensorInvalid,
        Assert.Throws<FileFormatException>(
            () => TensorFile.ReadNpy(Fixtures.Find("field", "npy", "S4.npy"))).ErrorId);

    [Fact]
    public void FortranOrderIsTurned()
    {
        string path = _directory.Write("a.npy", Npy("|u1", true, "(2, 3)", [1, 4, 2, 5, 3, 6]));

        Assert.Equal(new byte[,] { { 1, 2, 3 }, { 4, 5, 6 } }, TensorFile.ReadNpy(path).ToArray());
    }

    [Fact]
    public void ArraysThatWereAppendedAreReadInOrder()
    {
        byte[] first = Npy("|u1", false, "(2,)", [1, 2]);
        byte[] second = Npy("|u1", true, "(2, 2)", [3, 5, 4, 6]);
        string path = _directory.Write("a.npy", [.. first, .. second]);

        IEnumerable<OnnxTensor> values =
            TensorFile.Read(path, OnnxTypeKind.Tensor, new TextTableFormat()).Cast<OnnxTensor>();

        Assert.Equal(
            [new byte[] { 1, 2 }, new byte[,] { { 3, 4 }, { 5, 6 } }], values.Select(value => value.ToArray()));
        Assert.Equal(new byte[] { 1, 2 }, TensorFile.ReadNpy(path).ToArray());
    }

    [Fact]
    public void WhatFollowsAnArrayIsAnErrorAfterIt()
    {
        byte[] array = Npy("|u1", false, "(2,)", [1, 2]);
        string path = _directory.Write("a.npy", [.. array, .. "not an array"u8]);
        using IEnumerator<OnnxValue> values =
            TensorFile.Read(path, OnnxTypeKind.Tensor, new TextTableFormat()).GetEnumerator();

        Assert.True(values.MoveNext());
        FileFormatException error = Assert.Throws<FileFormatException>(() => values.MoveNext());
        Assert.Equal(ErrorIds.TensorTruncated, error.ErrorId);
        Assert.Contains($"byte {array.Length}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<f4", "(2,)", ErrorIds.TensorTruncated)]
    [InlineData("<f4", "(2147483647,)", ErrorIds.TensorTooLarge)]
    [InlineData("<f4", "(9999999999, 9999999999)", ErrorIds.TensorTooLarge)]
    [InlineData("|O", "(1,)", ErrorIds.TensorUnsupported)]
    [InlineData("<M8[s]", "(1,)", ErrorIds.TensorUnsupported)]
    public void BadArraysAreRefused(string type, string shape, string id)
    {
        string path = _directory.Write("a.npy", Npy(type, false, shape, [0, 0, 0, 0]));

        Assert.Equal(id, Assert.Throws<FileFormatException>(() => TensorFile.ReadNpy(path)).ErrorId);
    }

    [Fact]
    public void ArchivesNameTheirArrays()
    {
        string path = _directory.File("a.npz");
        using (ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using Stream entry = archive.CreateEntry("weights.npy").Open();
            entry.Write(Npy("|u1", false, "()", [7]));
        }

        OnnxTensor tensor = Assert.Single(TensorFile.ReadNpz(path));
        Assert.Equal(("weights", (byte)7), (tensor.Name, tensor.ToObject()));
        string text = _directory.Write("b.npz", "no archive");
        Assert.Equal(
            ErrorIds.TensorTruncated,
            Assert.Throws<FileFormatException>(() => TensorFile.ReadNpz(text).ToArray()).ErrorId);
    }

    [Fact]
    public void TablesAreReadWithOrWithoutNames()
    {
        string path = _directory.Write("a.csv", "a,b\n1,2.5\n3,4\n");
        Assert.Equal(new float[,] { { 1, 2.5f }, { 3, 4 } }, Table(path, OnnxElementType.Float).ToArray());
        Assert.Equal(3, Table(path, OnnxElementType.String).Shape[0]);
        Assert.Equal(
            ErrorIds.TensorInvalid,
            Assert.Throws<FileFormatException>(() => Table(path, OnnxElementType.Int32)).ErrorId);
        string ragged = _directory.Write("b.csv", "1,2\n3\n");
        Assert.Equal(
            ErrorIds.TensorInvalid,
            Assert.Throws<FileFormatException>(() => Table(ragged, OnnxElementType.Float)).ErrorId);
    }

    [Fact]
    public void OtherEndingsAndMessagesAreRefused()
    {
        string text = _directory.Write("a.txt", "1");
        Assert.Equal(
            ErrorIds.TensorUnsupported,
            Assert.Throws<FileFormatException>(
                () => TensorFile.Read(text, OnnxTypeKind.Tensor, new TextTableFormat()).ToArray()).ErrorId);
        string cut = _directory.Write(
            "a.pb", new TensorProto { DataType = 1, Dims = { 1 }, FloatData = { 1 } }.ToByteArray()[..^1]);
        Assert.Equal(
            ErrorIds.TensorTruncated,
            Assert.Throws<FileFormatException>(() => TensorFile.ReadProto(cut)).ErrorId);
    }

    private static OnnxTensor Table(string path, OnnxElementType type) =>
        (OnnxTensor)TensorFile.Read(path, OnnxTypeKind.Tensor, new TextTableFormat { ElementType = type }).Single();

    private static byte[] Npy(string type, bool isFortran, string shape, byte[] data)
    {
        byte[] header = Encoding.ASCII.GetBytes(
            $"{{'descr': '{type}', 'fortran_order': {(isFortran ? "True" : "False")}, 'shape': {shape}, }}\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. header, .. data];
    }

    private string Fail(TensorProto tensor) => Assert.Throws<FileFormatException>(() => Read(tensor)).ErrorId;

    private OnnxValue Read(IMessage message, OnnxTypeKind kind = OnnxTypeKind.Tensor) =>
        TensorFile.ReadProto(_directory.Write("value.pb", message.ToByteArray()), kind);
}
