using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OnnxDeep.Tests;

/// <summary>An HTTP server on this machine with one request per connection, whose replies the test defines.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<LoopbackRequest> _requests = new();
    private readonly Func<LoopbackRequest, int, LoopbackReply> _answer;
    private readonly Task _loop;
    private long _bodyBytes;

    /// <summary>Starts the server immediately.</summary>
    /// <param name="answer">Creates the reply, given the request and its number from 0.</param>
    public LoopbackServer(Func<LoopbackRequest, int, LoopbackReply> answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = Task.Run(AcceptAsync);
    }

    public Uri Root => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public Uri File => new(Root, "vectors.zip");

    public LoopbackRequest[] Requests => [.. _requests];

    /// <summary>The number of body bytes sent so far.</summary>
    public long BodyBytes => Interlocked.Read(ref _bodyBytes);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _loop.Wait();
        _stop.Dispose();
    }

    private static async Task<LoopbackRequest?> ReadAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        if (await reader.ReadLineAsync() is not string line)
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync() is { Length: > 0 } header)
        {
            int colon = header.IndexOf(':', StringComparison.Ordinal);
            headers[header[..colon]] = header[(colon + 1)..].Trim();
        }

        return new LoopbackRequest(line.Split(' ')[1], headers);
    }

    private static string Head(LoopbackReply reply)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} Reason\r\nConnection: close\r\n");
        foreach (string header in reply.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{header}\r\n");
        }

        if (reply.IsChunked)
        {
            head.Append("Transfer-Encoding: chunked\r\n");
        }
        else if (reply.Length >= 0)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.Length}\r\n");
        }

        return head.Append("\r\n").ToString();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped before or while waiting for a connection.
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                if (await ReadAsync(stream) is LoopbackRequest request)
                {
                    int number = _requests.Count;
                    _requests.Enqueue(request);
                    await SendAsync(stream, _answer(request, number));
                    client.Client.Shutdown(SocketShutdown.Send);
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // The client closed the connection, or the test has ended.
            }
        }
    }

    private async Task SendAsync(NetworkStream stream, LoopbackReply reply)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Head(reply)), _stop.Token);
        byte[] body = reply.Body[..Math.Min(reply.Body.Length, Math.Min(reply.CutAfter, reply.StallAfter))];
        if (reply.IsChunked && body.Length > 0)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), _stop.Token);
        }

        // Counted first, because the client may have read all bytes before this method continues.
        Interlocked.Add(ref _bodyBytes, body.Length);
        await stream.WriteAsync(body, _stop.Token);
        if (reply.StallAfter < int.MaxValue)
        {
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }

        if (reply.IsChunked && reply.CutAfter == int.MaxValue)
        {
            await stream.WriteAsync(
                body.Length > 0 ? "\r\n0\r\n\r\n"u8.ToArray() : "0\r\n\r\n"u8.ToArray(), _stop.Token);
        }
    }
}
