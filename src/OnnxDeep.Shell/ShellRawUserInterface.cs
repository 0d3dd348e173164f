using System.Management.Automation.Host;

namespace OnnxDeep.Shell;

/// <summary>The window's size, which tables are laid out by; the shell draws nowhere else.</summary>
internal sealed class ShellRawUserInterface : PSHostRawUserInterface
{
    // PowerShell's own width where no terminal is there to ask.
    private static readonly Size s_redirected = new(120, 50);

    public override Size BufferSize { get => WindowSize; set => throw NotDrawn(); }

    public override Size WindowSize
    {
        get => Console.IsOutputRedirected || Console.WindowWidth == 0
            ? s_redirected
            : new Size(Console.WindowWidth, Console.WindowHeight);
        set => throw NotDrawn();
    }

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Size MaxWindowSize => WindowSize;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Coordinates CursorPosition { get; set; }

    public override Coordinates WindowPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override string WindowTitle { get; set; } = "OnnxDeep";

    public override bool KeyAvailable => false;

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw NotDrawn();

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NotDrawn();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NotDrawn();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw NotDrawn();

    public override void ScrollBufferContents(
        Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NotDrawn();

    private static NotSupportedException NotDrawn() => new("This shell writes lines; it does not draw on the screen.");
}
