# Calls each cmdlet with nasty values for each of its parameters, in an otherwise valid call, and writes the calls that
# end in anything but the module's own errors and errors of binding, or not at all.
param(
    # The manifest of the module.
    [Parameter(Mandatory)] [string] $Module,

    # A file with the ids of the module's errors, one a line.
    [Parameter(Mandatory)] [string] $ErrorIds,

    # The address of a file of word vectors on a local server.
    [Parameter(Mandatory)] [uri] $Uri,

    # The file that takes the call that runs, so that it is known if the process dies.
    [Parameter(Mandatory)] [string] $Log,

    # The folder for the files.
    [Parameter(Mandatory)] [string] $Folder,

    # One in so many calls is made, by this seed.
    [int] $OneIn = 1,
    [int] $Seed = 1,

    # Only these cmdlets and parameters, and the values whose names match.
    [string] $Cmdlet = '*',
    [string] $Parameter = '*',
    [string] $Value = '.'
)

$ErrorActionPreference = 'Stop'
Import-Module $Module
Set-Location -LiteralPath $Folder
$here = (Get-Location).Path
. "$PSScriptRoot/Get-NastyValue.ps1"
. "$PSScriptRoot/Get-SampleCall.ps1"

$seconds = 20
$own = [Collections.Generic.HashSet[string]]::new([IO.File]::ReadAllLines($ErrorIds))
$noise = (Get-Module OnnxDeep).ModuleBase + '/models/noise.onnx'
$raw = @(
    "\(Parameter '", 'Object reference', 'Exception of type', 'Exception was thrown', 'cannot be null', 'same key',
    'Index was out', 'Arithmetic operation', 'Specified argument', 'Unable to cast', 'Null character',
    'input string', 'Collection was modified', 'Sequence contains', 'Operation is not valid', 'Nullable object',
    'Destination', 'must be non-negative', 'Non-negative number required', 'Stream was', 'disposed object'
) -join '|'

# Each call runs in its own pipeline, which can be stopped.
$script = [scriptblock]::Create(@'
param($Name, $Arguments, $Mode, $Piped)
$ConfirmPreference = 'None'
switch ($Mode) {
    'none' { & $Name @Arguments }
    'one' { , $Piped | & $Name @Arguments }
    'each' { $Piped | & $Name @Arguments }
}
'@)
function New-Runspace {
    $script:runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault())
    $runspace.Open()
    $null = [powershell]::Create($runspace).AddScript('Import-Module $args[0]; Set-Location -LiteralPath $args[1]').
        AddArgument($Module).AddArgument($here).Invoke()
}
New-Runspace

# What is written to the pipe is read, so that writing ends.
$reader = [powershell]::Create().AddScript({
    while ($true) {
        $stream = [IO.File]::OpenRead($args[0])
        $stream.CopyTo([IO.Stream]::Null)
        $stream.Dispose()
    }
}).AddArgument("$here/pipe")
if ($isUnix) {
    $null = $reader.BeginInvoke()
}

# A call may write to the files that another one reads.
function Reset-File {
    [IO.File]::Copy($noise, "$here/work.onnx", $true)
    [IO.File]::WriteAllText("$here/words.txt", "salad`nlaptop`n")
    [IO.File]::WriteAllBytes("$here/empty.onnx", [byte[]]@())
    foreach ($name in 'out.onnx', 'out.svg', 'out.html', 'out.txt', 'nothing.onnx') {
        [IO.File]::Delete("$here/$name")
    }
}

function Invoke-Call([string] $Name, [hashtable] $Arguments, [string] $Mode, $Piped) {
    $shell = [powershell]::Create($runspace)
    $problems = [Collections.Generic.List[Management.Automation.ErrorRecord]]::new()
    $null = $shell.AddScript($script).AddArgument($Name).AddArgument($Arguments).AddArgument($Mode).AddArgument($Piped)
    $running = $shell.BeginInvoke()
    if (-not $running.AsyncWaitHandle.WaitOne([timespan]::FromSeconds($seconds))) {
        $stopping = $shell.BeginStop($null, $null)
        if ($stopping.AsyncWaitHandle.WaitOne([timespan]::FromSeconds($seconds))) {
            return 'it runs too long'
        }
        New-Runspace
        return 'it hangs'
    }
    try {
        $null = $shell.EndInvoke($running)
    }
    catch {
        $inner = $_.Exception.InnerException
        $problems.Add($inner -is [Management.Automation.RuntimeException] ? $inner.ErrorRecord : $_)
    }
    $problems.AddRange($shell.Streams.Error)
    $shell.Dispose()
    $problems
}

# What is wrong with an error; nothing if it is as it should be.
function Get-Fault($Problem) {
    if ($Problem -is [string]) {
        return $Problem
    }
    $id = $Problem.FullyQualifiedErrorId.Split(',')[0]
    $text = $Problem.Exception.Message
    $short = $text.Length -gt 300 ? $text.Substring(0, 300) : $text
    $is = $Problem.Exception.GetType().Name
    if ($Problem.Exception -is [Management.Automation.ParameterBindingException]) {
        # What a transformation of the module throws is a text for the user, and no other exception.
        for ($cause = $Problem.Exception.InnerException; $cause; $cause = $cause.InnerException) {
            if ($cause -is [Management.Automation.ArgumentTransformationMetadataException]) {
                break
            }
            if ($cause.StackTrace -match 'at OnnxDeep') {
                return "binding fails with $($cause.GetType().Name): $($cause.Message)"
            }
        }
    }
    elseif (-not $own.Contains($id) -or $id -eq 'UnexpectedError') {
        "the error is $id ($is): $short $($Problem.Exception.StackTrace -split "`n" | Select-Object -First 3)"
    }
    elseif ($text -match $raw) {
        "the error $id has .NET's text: $short"
    }
}

function Test-Call([string] $Name, [hashtable] $Arguments, [string] $Mode, $Piped, [string] $Description) {
    Reset-File
    [IO.File]::WriteAllText($Log, $Description)
    foreach ($problem in @(Invoke-Call $Name $Arguments $Mode $Piped)) {
        if ($fault = Get-Fault $problem) {
            "$Description`: $($fault -replace '[\p{Cc}]', '?')"
        }
    }
}

$random = [Random]::new($Seed)
$common = [Management.Automation.Cmdlet]::CommonParameters + 'Confirm'
$calls = 0
foreach ($command in Get-Command -Module OnnxDeep -CommandType Cmdlet -Name $Cmdlet) {
    $name = $command.Name
    $samples = @(Get-SampleCall $name)
    foreach ($sample in $samples) {
        Reset-File
        foreach ($problem in @(Invoke-Call $name $sample.Arguments $sample.Mode $sample.Piped)) {
            if ($problem -is [string] -or $problem.FullyQualifiedErrorId.Split(',')[0] -ne $sample.Expected) {
                "The sample of $name in the set $($sample.Set) does not work: $problem"
            }
        }
    }
    foreach ($set in $command.ParameterSets) {
        if ($set.Name -notin ($samples | ForEach-Object Set)) {
            "There is no sample of $name in the set $($set.Name)."
        }
    }
    foreach ($sample in $samples) {
        $set = $command.ParameterSets | Where-Object Name -EQ $sample.Set
        foreach ($target in $set.Parameters | Where-Object Name -NotIn $common | Where-Object Name -Like $Parameter) {
            $modes = @('argument')
            if ($target.ValueFromPipeline) { $modes += 'piped', 'enumerated' }
            if ($target.ValueFromPipelineByPropertyName) { $modes += 'property' }
            foreach ($nasty in Get-NastyValueName | Where-Object { $_ -match $Value }) {
                foreach ($mode in $modes) {
                    if ($random.Next($OneIn) -ne 0) {
                        continue
                    }
                    if ($nasty -eq 'pipe' -and $name -like 'Test-*Word' -and $target.Name -like '*Path') {
                        # Words may come from a pipe, so this waits for them.
                        continue
                    }
                    $made = Get-NastyValue $nasty
                    $arguments = $sample.Arguments.Clone()
                    $arguments.Remove($target.Name)
                    $description = "$name [$($sample.Set)] -$($target.Name) <$nasty> as $mode"
                    $calls++
                    switch ($mode) {
                        'argument' {
                            $arguments[$target.Name] = $made.Value
                            Test-Call $name $arguments $sample.Mode $sample.Piped $description
                        }
                        'piped' { Test-Call $name $arguments one $made.Value $description }
                        'enumerated' { Test-Call $name $arguments each $made.Value $description }
                        'property' {
                            $row = [pscustomobject]@{ $target.Name = $made.Value }
                            Test-Call $name $arguments one $row $description
                        }
                    }
                }
            }
        }
    }
}
"$calls calls"

# The reader waits for the pipe, and PowerShell would wait for the reader.
[Console]::Out.Flush()
[Environment]::Exit(0)
