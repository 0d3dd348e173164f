using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;

namespace OnnxDeep.Tests;

/// <summary>
/// An assembly that is named Google.Protobuf 1.2.3.4 in the default load context, and resolves requests for
/// Google.Protobuf in that context, as another module's copy would.
/// </summary>
internal sealed class ForeignProtobuf : IDisposable
{
    private readonly string _path = Path.Combine(
        Directory.CreateTempSubdirectory("onnxdeep-test-").FullName, "Google.Protobuf.dll");

    public ForeignProtobuf()
    {
        var builder = new PersistedAssemblyBuilder(
            new AssemblyName("Google.Protobuf") { Version = new Version(1, 2, 3, 4) }, typeof(object).Assembly);
        builder.DefineDynamicModule("Google.Protobuf");
        builder.Save(_path);
        Assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(_path);
    }

    public Assembly Assembly { get; }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
}
