# Writes the output of each cmdlet, and the objects in it, as CSV, and lists the cells that have a type instead of data.
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Data,
    [Parameter(Mandatory)] [string] $Folder,
    [Uri] $Uri
)

$ErrorActionPreference = 'Stop'
Import-Module $Module
Set-Location $Folder
$here = $Folder
. $PSScriptRoot/Get-SampleCall.ps1
Copy-Item (Get-OnnxModel noise).Path work.onnx
Set-Content words.txt salad, laptop

# What the sample calls leave out: other shapes of output, and objects in lists.
$tests = "$Data/onnx/test_sign_model"
$more = [ordered]@{
    'Get-OnnxModel'     = {
        Get-OnnxModel food -Node
        Get-OnnxModel food -Initializer
        Get-OnnxModel food -Operator
    }
    'Get-LayerWeights'  = { Get-LayerWeights noise -Flat }
    'Test-OnnxModel'    = { Test-OnnxModel $tests }
    'Import-OnnxTensor' = { Import-OnnxTensor $tests/test_data_set_0/input_0.pb }
    'Invoke-OnnxModel'  = { Invoke-OnnxModel noise (0.1, 0.2, 0.3) -AsTensor }
    'Compare-OnnxModel' = { Compare-OnnxModel noise food -StructureOnly -WarningAction Ignore }
    'New-Classifier'    = {
        $rows | Select-Object *, @{ n = 'text'; e = { 'red' } } |
            New-Classifier -LabelProperty y -Path out.onnx -Epochs 2 -CrossValidate 2 -Force -WarningAction Ignore
    }
}

$typeText = 'System\.|OnnxDeep\.[A-Z]|^(\w+) \{'
$seen = [Collections.Generic.HashSet[string]]::new()

function Find-TypeText($Item, [string] $Name, [int] $Depth) {
    foreach ($cell in ($Item | ConvertTo-Csv | ConvertFrom-Csv).PSObject.Properties) {
        if ($cell.Value -cmatch $typeText) {
            "$Name $($cell.Name): $($cell.Value)"
        }
    }
    foreach ($property in $Depth ? $Item.PSObject.Properties : @()) {
        $type = "$Name.$($property.Name)"
        $inner = @($property.Value)[0]
        if ($null -ne $inner -and $inner.GetType().FullName -like 'OnnxDeep.*' -and $inner -isnot [enum] -and
            $inner -isnot [Collections.IEnumerable] -and $seen.Add($type)) {
            Find-TypeText $inner $type ($Depth - 1)
        }
    }
}

foreach ($name in (Get-Command -Module OnnxDeep -CommandType Cmdlet).Name) {
    $outputs = @(
        foreach ($call in @(Get-SampleCall $name).Where{ -not $_.Expected -and -not $_.Arguments.WhatIf }) {
            $arguments = $call.Arguments
            $common = @{ WarningAction = 'Ignore' }
            if ($call.Mode -eq 'none') { & $name @arguments @common } else { $call.Piped | & $name @arguments @common }
        }
        if ($more.Contains($name)) { & $more[$name] }
    )
    $outputs = $outputs.Where{ $_ -isnot [bool] -and $_ -isnot [IO.FileInfo] }
    foreach ($type in $outputs | Group-Object { $_.GetType().Name }) {
        $type.Group | Select-Object -First 3 | ForEach-Object { Find-TypeText $_ $type.Name 3 }
    }
    "$name $($outputs.Count)"
}
