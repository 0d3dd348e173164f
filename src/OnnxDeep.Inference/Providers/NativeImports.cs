using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Text;

using OnnxDeep.IO;

namespace OnnxDeep.Inference.Providers;

/// <summary>
/// Reads the dependencies of a native library. Operating systems report that a library cannot be loaded but not always
/// which dependency is missing, and loading a provider outside ONNX Runtime to find out would crash.
/// </summary>
internal static class NativeImports
{
    /// <summary>
    /// Returns the names of the dependencies; empty if the file is not a library in a supported format.
    /// </summary>
    public static IReadOnlyList<string> Read(string path)
    {
        try
        {
            using FileStream stream = InputFile.Open(path);
            return Elf.Read(stream) ?? Pe.Read(stream) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            or BadImageFormatException or OverflowException or OnnxDeepException)
        {
            return [];
        }
    }

    /// <summary>Returns the dependencies that cannot be loaded on this machine.</summary>
    public static IReadOnlyList<string> FindMissing(string path) => FindMissing(path, CanLoad);

    /// <summary>
    /// Returns the dependencies that are not in the file's folder and that <paramref name="canLoad"/> rejects.
    /// </summary>
    public static IReadOnlyList<string> FindMissing(string path, Predicate<string> canLoad)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? string.Empty;
        return [.. Read(path).Where(name => !File.Exists(Path.Combine(folder, name)) && !canLoad(name))];
    }

    private static bool CanLoad(string name)
    {
        bool isThere = TryLoad(name, out IntPtr handle);
        if (isThere)
        {
            NativeLibrary.Free(handle);
        }

        return isThere;
    }

    // As the system loads a dependency, but without the current folder, which Windows searches too.
    private static bool TryLoad(string name, out IntPtr handle)
    {
        handle = IntPtr.Zero;
        if (NativeLibrary.TryLoad(
            name, typeof(NativeImports).Assembly, DllImportSearchPath.SafeDirectories, out handle))
        {
            return true;
        }

        string[] folders = OperatingSystem.IsWindows()
            ? (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            : [];
        foreach (string folder in folders.Where(Path.IsPathFullyQualified))
        {
            if (NativeLibrary.TryLoad(Path.Combine(folder, name), out handle))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the dependencies of a Linux library, for 64-bit little-endian machines.</summary>
    private static class Elf
    {
        private const int HeaderSize = 64;
        private const int SegmentSize = 56;
        private const int EntrySize = 16;
        private const int MaxName = 256;
        private const uint LoadSegment = 1;
        private const uint DynamicSegment = 2;
        private const long NeededTag = 1;
        private const long StringTableTag = 5;

        /// <summary>Returns the names of the libraries; null if the stream is not such a library.</summary>
        /// <exception cref="EndOfStreamException">The file is truncated.</exception>
        public static IReadOnlyList<string>? Read(Stream stream)
        {
            stream.Position = 0;
            Span<byte> header = stackalloc byte[HeaderSize];
            if (stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize
                || !header.StartsWith("\u007FELF\u0002\u0001"u8))
            {
                return null;
            }

            byte[] segments = ReadAt(
                stream,
                BinaryPrimitives.ReadInt64LittleEndian(header[32..]),
                BinaryPrimitives.ReadUInt16LittleEndian(header[56..]) * SegmentSize);
            (long start, int size) = FindDynamic(segments);
            var needed = new List<long>();
            long strings = 0;
            byte[] entries = ReadAt(stream, start, size);
            for (int at = 0; at + EntrySize <= entries.Length; at += EntrySize)
            {
                long value = BinaryPrimitives.ReadInt64LittleEndian(entries.AsSpan(at + 8));
                switch (BinaryPrimitives.ReadInt64LittleEndian(entries.AsSpan(at)))
                {
                    case NeededTag:
                        needed.Add(value);
                        break;
                    case StringTableTag:
                        strings = ToFileOffset(segments, value);
                        break;
                }
            }

            return [.. needed.Select(offset => ReadText(stream, strings + offset))];
        }

        private static (long Start, int Size) FindDynamic(ReadOnlySpan<byte> segments)
        {
            for (; segments.Length >= SegmentSize; segments = segments[SegmentSize..])
            {
                if (BinaryPrimitives.ReadUInt32LittleEndian(segments) == DynamicSegment)
                {
                    return (
                        BinaryPrimitives.ReadInt64LittleEndian(segments[8..]),
                        checked((int)BinaryPrimitives.ReadInt64LittleEndian(segments[32..])));
                }
            }

            return (0, 0);
        }

        // The string table has a memory address; the loaded segments map it to an offset in the file.
        private static long ToFileOffset(ReadOnlySpan<byte> segments, long address)
        {
            for (; segments.Length >= SegmentSize; segments = segments[SegmentSize..])
            {
                long start = BinaryPrimitives.ReadInt64LittleEndian(segments[16..]);
                long size = BinaryPrimitives.ReadInt64LittleEndian(segments[32..]);
                if (BinaryPrimitives.ReadUInt32LittleEndian(segments) == LoadSegment
                    && address >= start
                    && address - start < size)
                {
                    return address - start + BinaryPrimitives.ReadInt64LittleEndian(segments[8..]);
                }
            }

            throw new EndOfStreamException();
        }

        private static byte[] ReadAt(Stream stream, long offset, int size)
        {
            if (offset < 0 || size < 0 || offset > stream.Length - size)
            {
                throw new EndOfStreamException();
            }

            byte[] bytes = new byte[size];
            stream.Position = offset;
            stream.ReadExactly(bytes);
            return bytes;
        }

        private static string ReadText(Stream stream, long offset)
        {
            byte[] bytes = ReadAt(stream, offset, (int)Math.Clamp(stream.Length - offset, 0, MaxName));
            int length = bytes.AsSpan().IndexOf((byte)0);
            return length < 0 ? throw new EndOfStreamException() : Encoding.ASCII.GetString(bytes, 0, length);
        }
    }

    /// <summary>Reads the dependencies of a Windows DLL.</summary>
    private static class Pe
    {
        private const int DescriptorSize = 20;
        private const int NameOffset = 12;

        /// <summary>Returns the names of the DLLs; null if the stream is not a DLL.</summary>
        /// <exception cref="BadImageFormatException">The file begins like a DLL but is not a valid one.</exception>
        public static List<string>? Read(Stream stream)
        {
            stream.Position = 0;
            if (stream.ReadByte() != 'M' || stream.ReadByte() != 'Z')
            {
                return null;
            }

            stream.Position = 0;
            using var reader = new PEReader(stream, PEStreamOptions.LeaveOpen);
            var names = new List<string>();
            if (reader.PEHeaders.PEHeader is not
                { ImportTableDirectory: { Size: > 0, RelativeVirtualAddress: var start } })
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
            return length < 0
                ? throw new BadImageFormatException()
                : Encoding.ASCII.GetString(reader.ReadBytes(length));
        }
    }
}
