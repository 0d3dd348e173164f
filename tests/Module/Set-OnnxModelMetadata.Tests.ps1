#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $models = "$((Get-Module OnnxDeep).ModuleBase)/models"
    $by = 'OnnxDeep.PowerShell.Onnx.SetOnnxModelMetadataCommand'
}

Describe 'Set-OnnxModelMetadata' {
    BeforeEach {
        $path = "$TestDrive/food.onnx"
        Copy-Item "$models/food.onnx" $path
    }

    It 'adds pairs behind all other bytes, and the model still answers' {
        $before = [IO.File]::ReadAllBytes($path)
        Set-OnnxModelMetadata $path @{ author = 'Ada'; year = 2026; factor = 1.5 } | Should -BeNullOrEmpty
        $after = [IO.File]::ReadAllBytes($path)

        [Convert]::ToHexString($after, 0, $before.Length) | Should -Be ([Convert]::ToHexString($before))
        $metadata = (Get-OnnxModel $path).Metadata
        $metadata['author'] | Should -BeExactly 'Ada'
        $metadata['year'] | Should -BeExactly '2026'
        $metadata['factor'] | Should -BeExactly '1.5'
        Test-FoodWord pizza -Model $path -Quiet | Should -BeTrue
    }

    It 'takes keys out and gives the model with -PassThru' {
        $model = Set-OnnxModelMetadata $path -Remove seed, nosuch -PassThru

        $model.PSObject.TypeNames[0] | Should -BeExactly OnnxDeep.OnnxModelInfo
        $model.Metadata.Keys | Should -Not -Contain 'seed'
        (Get-OnnxModel $path).Metadata['seed'] | Should -Be $null
        $model.Metadata.Keys | Should -Contain 'labels'
    }

    It 'replaces all metadata in a copy' {
        $hash = (Get-FileHash $path).Hash
        Get-Item $path | Set-OnnxModelMetadata -Metadata @{ only = 'this' } -Replace -OutputPath "$TestDrive/copy.onnx"

        (Get-OnnxModel "$TestDrive/copy.onnx").Metadata.Keys | Should -BeExactly 'only'
        (Get-FileHash $path).Hash | Should -Be $hash
    }

    It 'keeps the permissions, the links and the other names of the model' -Skip:$IsWindows {
        [IO.File]::SetUnixFileMode($path, 'UserRead, UserWrite')
        $null = New-Item "$TestDrive/link.onnx" -ItemType SymbolicLink -Target food.onnx
        $null = New-Item "$TestDrive/name.onnx" -ItemType HardLink -Target $path
        Set-OnnxModelMetadata "$TestDrive/link.onnx" @{ a = 'b' }

        (Get-OnnxModel "$TestDrive/name.onnx").Metadata['a'] | Should -BeExactly b
        (Get-Item "$TestDrive/link.onnx").LinkTarget | Should -BeExactly food.onnx
        [IO.File]::GetUnixFileMode($path) | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite')
        Remove-Item "$TestDrive/link.onnx", "$TestDrive/name.onnx"
    }

    It 'refuses a read-only model and leaves it as it is' {
        Set-ItemProperty $path IsReadOnly $true
        $hash = (Get-FileHash $path).Hash
        $failure = Get-Failure { Set-OnnxModelMetadata $path @{ a = 'b' } }
        Set-ItemProperty $path IsReadOnly $false

        $failure.FullyQualifiedErrorId | Should -BeExactly "OutputNotWritable,$by"
        (Get-FileHash $path).Hash | Should -Be $hash
    }

    It 'writes nothing with -WhatIf' {
        $hash = (Get-FileHash $path).Hash
        Set-OnnxModelMetadata $path @{ a = 'b' } -WhatIf -PassThru | Should -BeNullOrEmpty

        (Get-FileHash $path).Hash | Should -Be $hash
    }

    It 'is <Id> for <Why>' -ForEach @(
        @{ Id = 'NoMetadataChange'; Why = 'no change'; Script = { Set-OnnxModelMetadata $path } }
        @{ Id = 'MetadataInvalid'; Why = 'an empty key'; Script = { Set-OnnxModelMetadata $path @{ '' = 'x' } } }
        @{ Id = 'ModelNotFound'; Why = 'no model'; Script = { Set-OnnxModelMetadata nosuch @{ a = 'x' } } }
        @{ Id = 'ModelNotOnnx'; Why = 'text'; Script = { Set-OnnxModelMetadata "$TestDrive/text.onnx" @{ a = 'x' } } }
        @{ Id = 'OutputPathTaken'; Why = 'two models for one file'; Script = {
                Set-OnnxModelMetadata $path, $path @{ a = 'x' } -OutputPath "$TestDrive/o.onnx" } }
        @{ Id = 'OutputNotWritable'; Why = 'a file for a folder'; Script = {
                Set-OnnxModelMetadata $path @{ a = 'x' } -OutputPath "$path/o.onnx" } }
    ) {
        Set-Content "$TestDrive/text.onnx" 'I am no model'

        (Get-Failure $Script).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
    }
}
