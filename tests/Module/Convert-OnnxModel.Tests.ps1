#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/TinyModel.ps1"
    $by = 'OnnxDeep.PowerShell.Cmdlets.ConvertOnnxModelCommand'
}

Describe 'Convert-OnnxModel' {
    BeforeEach {
        $path = "$TestDrive/out.onnx"
        Remove-Item $path -ErrorAction Ignore
    }

    It 'stores weights as <To>, and the model still answers' -ForEach @(
        @{ To = 'Float16'; Most = 0.001 }
        @{ To = 'Int8Dynamic'; Most = 0.05 }
    ) {
        $result = Convert-OnnxModel food $path -To $To

        $result.SizeAfter | Should -BeLessThan $result.SizeBefore
        $result.SizeAfter | Should -Be (Get-Item $path).Length
        $result.MaxAbsoluteError | Should -BeLessThan $Most
        $result.Layers | Should -Be 2
        Test-FoodWord pizza -Model $path -Quiet | Should -BeTrue
        Test-FoodWord car -Model $path -Quiet | Should -BeFalse
    }

    It 'keeps the metadata of an optimised model' {
        Convert-OnnxModel food $path -Optimize | Out-Null

        (Get-OnnxModel $path).Metadata.labels | Should -Be (Get-OnnxModel food).Metadata.labels
    }

    It 'takes files from Get-ChildItem and replaces them' {
        Copy-Item (Get-OnnxModel food).Path "$TestDrive/own.onnx"
        $result = Get-ChildItem "$TestDrive/own.onnx" | Convert-OnnxModel -OutputPath "$TestDrive/own.onnx" -To Float16

        $result.Source | Should -Be $result.Path
        (Get-OnnxModel "$TestDrive/own.onnx").Size | Should -Be $result.SizeAfter
    }

    It 'shows sizes that can be read, within 80 columns' {
        $text = Convert-OnnxModel food $path -To Float16 -Optimize | Out-String -Width 80

        $text | Should -Match 'KB'
        $text | Should -Match 'Float16, Optimize'
        ($text -split "`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'writes nothing with -WhatIf' {
        Convert-OnnxModel food $path -To Float16 -WhatIf

        $path | Should -Not -Exist
    }

    It 'is <Id> for <Why>' -ForEach @(
        @{ Id = 'NoConversion'; Why = 'no conversion'; Script = { Convert-OnnxModel food $path -ErrorAction Stop } }
        @{ Id = 'ModelNotFound'; Why = 'no model'; Script = { Convert-OnnxModel nosuch $path -Optimize -ErrorAction Stop } }
        @{ Id = 'NoConvertibleWeights'; Why = 'no layers'; Script = { Write-TinyModel "$TestDrive/t.onnx" Relu; Convert-OnnxModel "$TestDrive/t.onnx" $path -To Float16 -ErrorAction Stop } }
        @{ Id = 'OutputPathTaken'; Why = 'two models for one file'; Script = { 'food', 'noise' | Convert-OnnxModel -OutputPath $path -To Float16 -ErrorAction Stop } }
        @{ Id = 'FileExists'; Why = 'a file that is to stay'; Script = { Set-Content $path 'x'; Convert-OnnxModel food $path -To Float16 -NoClobber -ErrorAction Stop } }
    ) {
        $Script | Should -Throw -ErrorId "$Id,$by"
    }
}
