using System.Net;

namespace OnnxDeep.Tests.Words;

/// <summary>Serves the checkout's files on this machine only, until it is disposed.</summary>
internal sealed class StaticServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _root = Path.GetFullPath(Repository.Root);

    public StaticServer()
    {
        // The listener cannot choose a free port itself.
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = Serve();
    }

    public Uri Address { get; }

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                await Answer(context.Request, context.Response);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The browser closed the connection in the middle of a file.
            }
        }
    }

    private async Task Answer(HttpListenerRequest request, HttpListenerResponse response)
    {
        string path = Path.Combine(_root, Uri.UnescapeDataString(request.Url!.AbsolutePath).TrimStart('/'));
        path = path.EndsWith('/') ? path + "index.html" : path;
        if (File.Exists(path))
        {
            response.ContentType = Path.GetExtension(path) switch
            {
                ".html" => "text/html",
                ".css" => "text/css",
                ".js" or ".mjs" => "text/javascript",
                ".svg" => "image/svg+xml",
                ".wasm" => "application/wasm",
                _ => "application/octet-stream",
            };
            response.Headers["Cache-Control"] = "no-store";
            await using FileStream file = File.OpenRead(path);
            response.ContentLength64 = file.Length;
            await file.CopyToAsync(response.OutputStream);
        }
        else
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
        }

        response.Close();
    }
}
