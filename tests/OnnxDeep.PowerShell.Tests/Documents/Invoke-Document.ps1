<#
.SYNOPSIS
Runs the code blocks of one document in order, in one session, and writes the results as JSON.

.DESCRIPTION
DocumentRun starts this script in a new process for each document, in a copy of the files that the blocks use.

.PARAMETER BlockPath
A JSON file with a list of objects that have Id, Language and Code.

.PARAMETER HomePath
The folder that replaces the user's home: Install-PSResource installs modules and stores its repositories there.

.PARAMETER ModulePath
The folder in which PowerShell finds modules, in addition to its own.

.PARAMETER ResultPath
The JSON file to write.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $BlockPath,
    [Parameter(Mandatory)] [string] $HomePath,
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $ResultPath
)

$PSStyle.OutputRendering = 'PlainText'
$ProgressPreference = 'SilentlyContinue'
$env:PSModulePath = $ModulePath, (Join-Path $PSHOME Modules) -join [IO.Path]::PathSeparator
if (-not $IsWindows) {
    $null = New-Item (Join-Path $HomePath .local share) -ItemType Directory -Force
    $env:HOME = $HomePath
    $env:XDG_DATA_HOME = $null
}

# Compiles a program against the module's assemblies and runs it in their load context.
function Invoke-CSharp([string] $Code) {
    Import-Module OnnxDeep
    $module = Get-Module OnnxDeep
    $usings = 'System', 'System.Collections.Generic', 'System.IO', 'System.Linq', 'System.Threading',
        'System.Threading.Tasks' | ForEach-Object { "global using $_;" }
    $trees = $Code, ($usings -join "`n") | ForEach-Object {
        [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText($_)
    }
    $references = Get-ChildItem $PSHOME/ref/*.dll, (Join-Path $module.ModuleBase bin *.dll) | ForEach-Object {
        [Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile($_)
    }
    $options = [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new(
        [Microsoft.CodeAnalysis.OutputKind]::ConsoleApplication)
    $compilation = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create(
        'Document',
        [Microsoft.CodeAnalysis.SyntaxTree[]] $trees,
        [Microsoft.CodeAnalysis.MetadataReference[]] $references,
        $options)
    $bytes = [IO.MemoryStream]::new()
    $built = $compilation.Emit($bytes)
    if (-not $built.Success) {
        throw $built.Diagnostics -join "`n"
    }

    $null = $bytes.Seek(0, 'Begin')
    $context = [Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ OnnxDeep
    $console = [Console]::Out
    $text = [IO.StringWriter]::new()
    try {
        [Console]::SetOut($text)
        $null = $context.LoadFromStream($bytes).EntryPoint.Invoke($null, @(, [string[]] @()))
    }
    finally {
        [Console]::SetOut($console)
    }

    $text.ToString().TrimEnd()
}

# Blocks run in this scope, as if they were pasted one after the other.
$documentResults = foreach ($documentBlock in Get-Content $BlockPath -Raw | ConvertFrom-Json) {
    $documentOutput = @()
    $documentProblems = @()
    try {
        if ($documentBlock.Language -eq 'csharp') {
            $documentOutput = @(Invoke-CSharp $documentBlock.Code)
        }
        else {
            $documentOutput = @(. ([scriptblock]::Create($documentBlock.Code)) 2>&1 3>&1)
        }
    }
    catch {
        $documentProblems = @("$_")
    }

    $documentProblems += @($documentOutput | Where-Object { $_ -is [Management.Automation.ErrorRecord] } |
        ForEach-Object { "$_" })
    $documentWarnings = @($documentOutput | Where-Object { $_ -is [Management.Automation.WarningRecord] } |
        ForEach-Object { "WARNING: $_" })
    $documentText = $documentOutput |
        Where-Object { $_ -isnot [Management.Automation.ErrorRecord] } |
        Where-Object { $_ -isnot [Management.Automation.WarningRecord] } |
        Out-String -Width 120
    @{
        Id      = $documentBlock.Id
        Output  = ($documentWarnings + $documentText) -join "`n"
        Problem = $documentProblems -join "`n"
    }
}

ConvertTo-Json @($documentResults) | Set-Content $ResultPath
