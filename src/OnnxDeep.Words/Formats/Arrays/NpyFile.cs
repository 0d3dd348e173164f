using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>Opens NumPy array files of rows.</summary>
internal static class NpyFile
{
    private const string Objects = "an array of Python objects";

    private const string SaveAgain =
        "Save it with numpy.save(file, numpy.ascontiguousarray(array, 'float32')) and import that file.";

    /// <summary>Reads the header of a matrix of floats.</summary>
    /// <param name="stream">The file, at its start.</param>
    /// <param name="path">The file's name in errors.</param>
    /// <param name="length">The size of the file in bytes, if it is known in advance.</param>
    /// <exception cref="FileFormatException">
    /// The file is not a matrix of floats, or stores it column by column and cannot seek.
    /// </exception>
    public static FloatRows Open(Stream stream, string path, long? length = null)
    {
        var reader = new SourceReader(stream, path);
        NpyHeader header = NpyHeader.Read(reader);
        if (header.Type is [.., 'O'] or ['O', ..])
        {
            throw NpyHeader.Pickle(path, Objects);
        }

        if (FloatType.FromNumpy(header.Type) is not FloatType type)
        {
            throw Unsupported(path, $"float16, float32 or float64 numbers, found type '{header.Type}'");
        }

        if (header.Shape is not [long rows, long dimensions])
        {
            throw Unsupported(path, $"a matrix [rows, dimensions], found {Quantity.Of(header.Shape.Length, "extent")}");
        }

        if (rows == 0 || dimensions == 0)
        {
            throw new FileFormatException(
                ErrorIds.VectorsFormatUnknown,
                path,
                0,
                $"at least one vector, found an array [{rows}, {dimensions}]",
                "Use a model with vectors; spaCy models whose names end in _sm or _trf have none.");
        }

        if (rows > SourceLimits.Rows || dimensions > SourceLimits.Dimensions)
        {
            throw new FileFormatException(
                path,
                0,
                FormattableString.Invariant($"at most {SourceLimits.Rows:N0} rows ")
                + FormattableString.Invariant($"and {SourceLimits.Dimensions:N0} dimensions, ")
                + FormattableString.Invariant($"found [{rows}, {dimensions}]"));
        }

        length ??= stream.CanSeek ? stream.Length : null;
        long start = reader.Offset;
        long end = start + (rows * dimensions * type.Size);
        if (length < end)
        {
            throw new FileFormatException(
                path,
                length.Value,
                $"{Quantity.Of(end, "byte")} for an array [{rows}, {dimensions}], "
                + FormattableString.Invariant($"found {length:N0}"));
        }

        if (!IsByColumn(header))
        {
            return new FloatRows(reader, type, rows, (int)dimensions);
        }

        var matrix = stream.CanSeek
            ? new ColumnMajorStream(stream, start, rows, (int)dimensions, type.Size)
            : throw new FileFormatException(
                ErrorIds.VectorsFormatUnknown,
                path,
                0,
                "rows in C order, found columns in Fortran order in an archive",
                "Unpack the archive and import its content.");
        return new FloatRows(new SourceReader(matrix, path, start), type, rows, (int)dimensions)
        {
            ColumnMajorStart = start,
        };
    }

    /// <summary>Reads an array of 64-bit integers, such as hashes.</summary>
    /// <param name="stream">The file, at its start.</param>
    /// <param name="path">The file's name in errors.</param>
    /// <param name="most">The maximum number of integers.</param>
    /// <exception cref="FileFormatException">The file contains something else.</exception>
    public static ulong[] ReadHashes(Stream stream, string path, int most)
    {
        var reader = new SourceReader(stream, path);
        NpyHeader header = NpyHeader.Read(reader);
        if (header.Type is [.., 'O'] or ['O', ..])
        {
            throw NpyHeader.Pickle(path, Objects);
        }

        if (header.Type is not ("<u8" or "<i8") || header.Shape is not [long count] || count > most)
        {
            throw new FileFormatException(
                path,
                0,
                FormattableString.Invariant($"at most {Quantity.Of(most, "hash", "hashes")} of type '<u8', ")
                + $"found '{header.Type}' [{string.Join(", ", header.Shape)}]");
        }

        // Grows with the data; do not allocate memory because of the header alone.
        var hashes = new List<ulong>();
        for (long i = 0; i < count; i++)
        {
            hashes.Add((ulong)reader.ReadInt64(Quantity.Of(count, "hash", "hashes")));
        }

        return [.. hashes];
    }

    /// <summary>Reads the header of the array and finds the word list.</summary>
    /// <param name="path">The path of the array, for errors and for finding the list.</param>
    /// <param name="stream">The array, at its start; closed with the reader.</param>
    /// <param name="options">The path and encoding of the list.</param>
    /// <param name="files">Opens the files, and decompresses an array in Fortran order.</param>
    /// <exception cref="FileFormatException">The file is not a matrix of floats, or has no word list.</exception>
    public static IVectorReader OpenVectors(
        string path, SourceStream stream, ImportOptions options, SourceFiles files)
    {
        Stream file = stream;
        if (IsByColumn(NpyHeader.Read(new SourceReader(new MemoryStream(stream.Prefix.ToArray()), path))))
        {
            file = stream.IsPacked ? stream.Unpack(files) : files.Open(path);
            stream.Dispose();
        }

        try
        {
            long total = file.CanSeek ? file.Length : stream.FileLength;
            FloatRows rows = Open(file, path, stream == file && stream.IsPacked ? null : total);
            return new ListedVectorReader(
                "NumPy array",
                path,
                rows,
                WordList.Open(path, options, files),
                file,
                () => file.CanSeek ? file.Position : stream.FilePosition,
                total)
            {
                IsWholeFile = true,
            };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static bool IsByColumn(NpyHeader header) =>
        header.IsFortran && header.Shape.Count(extent => extent > 1) > 1;

    private static FileFormatException Unsupported(string path, string expected) =>
        new(ErrorIds.VectorsFormatUnknown, path, 0, expected, SaveAgain);
}
