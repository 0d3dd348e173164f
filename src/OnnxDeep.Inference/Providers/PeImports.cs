using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace OnnxDeep.Inference.Providers;

/// <summary>Reads the dependencies of a Windows DLL.</summary>
internal static class PeImports
{
    private const int DescriptorSize = 20;
    private const int NameOffset = 12;

    /// <summary>Returns the names of the DLLs; null if the stream is not a DLL.</summary>
    /// <exception cref="BadImageFormatException">The file begins like a DLL but is not a valid one.</exception>
    public static IReadOnlyList<string>? Read(Stream stream)
    {
        stream.Position = 0;
        if (stream.ReadByte() != 'M' || stream.ReadByte() != 'Z')
        {
            return null;
        }

        stream.Position = 0;
        using var reader = new PEReader(stream, PEStreamOptions.LeaveOpen);
        var names = new List<string>();
        if (reader.PEHeaders.PEHeader is not { ImportTableDirectory: { Size: > 0, RelativeVirtualAddress: var start } })
        {
            return names;
        }

        // The table ends with a descriptor of zeros.
        PEMemoryBlock table = reader.GetSectionData(start);
        for (int at = 0; ReadAddress(table, at) is > 0 and var name; at += DescriptorSize)
        {
            names.Add(ReadText(reader.GetSectionData(name)));
        }

        return names;
    }

    private static int ReadAddress(PEMemoryBlock table, int at) => at + DescriptorSize <= table.Length
        ? table.GetReader(at + NameOffset, sizeof(int)).ReadInt32()
        : throw new BadImageFormatException();

    private static string ReadText(PEMemoryBlock block)
    {
        BlobReader reader = block.GetReader();
        int length = reader.IndexOf(0);
        return length < 0 ? throw new BadImageFormatException() : Encoding.ASCII.GetString(reader.ReadBytes(length));
    }
}
