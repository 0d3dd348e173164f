using System.Globalization;
using System.Management.Automation;
using System.Text;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Converts PowerShell and .NET encoding names and code page numbers to encodings.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EncodingTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly EncodingProvider s_codePages = CodePagesEncodingProvider.Instance;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject item ? item.BaseObject : inputData;
        if (value is Encoding encoding)
        {
            return encoding;
        }

        string text = LanguagePrimitives.ConvertTo<string>(value) ?? string.Empty;
        return Find(text.Trim()) ?? throw Errors.NotConverted(
            $"There is no encoding '{text}'. Specify a name such as utf-8, windows-1252, gb18030 or shift_jis, "
            + "or the number of a code page.");
    }

    private static Encoding? Find(string name)
    {
        switch (name.ToLowerInvariant())
        {
            case "utf8" or "utf8bom" or "utf8nobom":
                return Encoding.UTF8;
            case "unicode" or "utf16":
                return Encoding.Unicode;
            case "bigendianunicode":
                return Encoding.BigEndianUnicode;
            case "utf32":
                return Encoding.UTF32;
            case "latin1":
                return Encoding.Latin1;
            case "ansi":
                return GetCodePage(CultureInfo.CurrentCulture.TextInfo.ANSICodePage);
            case "oem":
                return GetCodePage(CultureInfo.CurrentCulture.TextInfo.OEMCodePage);
        }

        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int codePage))
        {
            return GetCodePage(codePage);
        }

        try
        {
            return s_codePages.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Encoding? GetCodePage(int codePage)
    {
        try
        {
            return s_codePages.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
